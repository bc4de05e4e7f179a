"""A person who signs in. What the person may do comes from memberships alone: there are no staff flags."""

import unicodedata
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yui.kernel.tables.normalise import normalise_key


def normalise_email(text: str) -> str:
    """Return an address for storing and comparing: NFKC, trimmed, lower case."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def normalise_username(text: str) -> str:
    """Return an employee id for storing and comparing: NFKC (ASCII width), trimmed, lower case."""
    return unicodedata.normalize("NFKC", text).strip().lower()


class Density(models.TextChoices):
    """How closely lines of a table stand."""

    NORMAL = "normal", _("標準")
    ROOMY = "roomy", _("ゆったり")
    TIGHT = "tight", _("詰める")


class FontChoice(models.TextChoices):
    """The typeface of the pages."""

    NOTO = "noto", _("標準(Noto Sans JP)")
    BIZ = "biz", _("UDゴシック(BIZ UDGothic)")
    SYSTEM = "system", _("端末の文字")


class Theme(models.TextChoices):
    """Light, dark, or what the computer says."""

    SYSTEM = "system", _("端末の設定に合わせる")
    LIGHT = "light", _("明るい")
    DARK = "dark", _("暗い")


class UserManager(BaseUserManager["User"]):
    """Makes people and finds them by employee id or address."""

    def create_user(
        self, username: str, password: str | None = None, *, email: str = "", name_ja: str = "", **fields: Any
    ) -> "User":
        """Create a person; without a password the person can only sign in by a link, a passkey or OIDC."""
        user = self.model(username=username, email=email, name_ja=name_ja or username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person with this employee id, written in any width or case."""
        return self.get(username=normalise_username(username or ""))


class User(AbstractBaseUser):
    """One person. ``username`` is the 職員ID: unique in the installation, in lower case, ASCII width."""

    username = models.CharField(_("職員ID"), max_length=64, unique=True)
    email = models.EmailField(_("メールアドレス"), blank=True)
    name_ja = models.CharField(_("氏名"), max_length=100)
    name_kana = models.CharField(_("フリガナ"), max_length=100, blank=True)
    name_en = models.CharField(_("氏名(英語)"), max_length=100, blank=True)
    search_key = models.CharField(max_length=500, blank=True, editable=False)
    is_active = models.BooleanField(_("利用中"), default=True)
    must_change_password = models.BooleanField(_("次回パスワードを変更"), default=False)
    language = models.CharField(
        _("表示する言語"), max_length=5, default="ja", choices=[("ja", "日本語"), ("en", "English")]
    )
    density = models.CharField(_("行の間隔"), max_length=10, choices=Density, default=Density.NORMAL)
    font = models.CharField(_("文字の形"), max_length=10, choices=FontChoice, default=FontChoice.NOTO)
    theme = models.CharField(_("画面の明るさ"), max_length=10, choices=Theme, default=Theme.SYSTEM)
    date_joined = models.DateTimeField(_("登録した日時"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        verbose_name = _("職員")
        verbose_name_plural = _("職員")
        constraints = [
            models.UniqueConstraint(
                Lower("email"), condition=~models.Q(email=""), name="organisations_user_email_unique"
            )
        ]

    def __str__(self) -> str:
        return self.name_ja

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the id and the address in one form, so that two spellings never make two people."""
        self.username = normalise_username(self.username)
        self.email = normalise_email(self.email)
        self.fill_search_key()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_key"}
        super().save(*args, **kwargs)

    def fill_search_key(self) -> None:
        """Fill what a search for the person looks through; for those who make many people at once."""
        words = [self.username, self.name_ja, self.name_kana, self.name_en, self.email]
        self.search_key = normalise_key(" ".join(words))[:500]

    @property
    def name(self) -> str:
        """The name in the active language; Japanese where no other is known."""
        return self.name_en if self.name_en and (get_language() or "ja").startswith("en") else self.name_ja

    def get_full_name(self) -> str:
        """Return the name, as Django's and allauth's pages ask for it."""
        return self.name

    def get_short_name(self) -> str:
        """Return the name; Japanese offices do not shorten it."""
        return self.name
