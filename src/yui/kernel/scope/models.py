"""Organisations, and the abstract models whose records belong to one."""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.querysets import ScopedManager, ScopedQuerySet, unscoped_allowed
from yui.kernel.scope.visibility import Visibility

__all__ = [
    "Organisation",
    "OrganisationKind",
    "ParticipantScopedModel",
    "ScopedChild",
    "ScopedManager",
    "ScopedModel",
    "ScopedQuerySet",
    "Visibility",
]


class OrganisationKind(models.TextChoices):
    """What sort of body an organisation is."""

    WARD = "ward", _("特別区")
    JOINT_BODY = "joint_body", _("共同体")
    MUNICIPALITY = "municipality", _("市区町村")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations are reference data: their names are no secret."""

    def active(self) -> "OrganisationQuerySet":
        """Keep the organisations that are in use."""
        return self.filter(is_active=True)

    def wards(self) -> "OrganisationQuerySet":
        """Keep the active wards, in official order."""
        return self.active().filter(kind=OrganisationKind.WARD)


class Organisation(models.Model):
    """A ward or a joint body; every scoped record belongs to one."""

    code = models.CharField(
        _("団体コード"), max_length=12, unique=True, validators=[RegexValidator(r"\A[0-9A-Z-]{4,12}\Z")]
    )
    kind = models.CharField(_("種別"), max_length=16, choices=OrganisationKind.choices)
    name_ja = models.CharField(_("名称"), max_length=80)
    name_en = models.CharField(_("名称(英語)"), max_length=120)
    name_kana = models.CharField(_("フリガナ"), max_length=120)
    sort_order = models.PositiveSmallIntegerField(_("並び順"), default=0)
    is_active = models.BooleanField(_("使用中"), default=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ("sort_order", "code")
        verbose_name = _("団体")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=OrganisationKind.values), name="organisation_kind_known"
            ),
            models.CheckConstraint(condition=~models.Q(name_ja=""), name="organisation_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name_ja

    @property
    def name(self) -> str:
        """The organisation's name in the reader's language."""
        return self.name_en if (get_language() or "").startswith("en") and self.name_en else self.name_ja

    @property
    def is_ward(self) -> bool:
        """Whether this is one of the special wards."""
        return self.kind == OrganisationKind.WARD


class _Guarded(models.Model):
    """What scoped records and their parts share: the fail-closed manager."""

    names_participants: ClassVar[bool] = False

    objects = ScopedManager()
    everything = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "everything"

    def validate_unique(self, exclude: Any = None) -> None:
        """Check uniqueness over all organisations: a duplicate is one whoever owns it."""
        with unscoped_allowed("uniqueness"):
            super().validate_unique(exclude=exclude)

    def validate_constraints(self, exclude: Any = None) -> None:
        """Check database constraints over all organisations."""
        with unscoped_allowed("constraints"):
            super().validate_constraints(exclude=exclude)


class ScopedModel(_Guarded):
    """A record of one organisation with a visibility."""

    organisation = models.ForeignKey(
        "scope.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("団体")
    )
    visibility = models.CharField(
        _("見える範囲"), max_length=12, choices=Visibility.choices, default=Visibility.OWN
    )
    created_at = models.DateTimeField(_("作成日時"), auto_now_add=True)
    updated_at = models.DateTimeField(_("更新日時"), auto_now=True)

    class Meta(_Guarded.Meta):
        abstract = True


class ParticipantScopedModel(ScopedModel):
    """A scoped record that can name the organisations which take part in it."""

    names_participants = True

    participants = models.ManyToManyField(
        "scope.Organisation", related_name="+", blank=True, verbose_name=_("参加団体")
    )

    class Meta(ScopedModel.Meta):
        abstract = True


class ScopedChild(_Guarded):
    """A part of a scoped record: whoever sees the record along ``scope_path`` sees its parts."""

    scope_path: ClassVar[str]

    class Meta(_Guarded.Meta):
        abstract = True
