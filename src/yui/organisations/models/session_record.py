"""What a person is shown about the places where he or she is signed in."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

BROWSERS = (
    ("Edg/", "Microsoft Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
SIGNS = (BROWSERS, SYSTEMS)


class SessionRecord(models.Model):
    """One signed-in browser. The session itself lives in Django's session store under ``session_key``."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="session_records"
    )
    session_key = models.CharField(max_length=40, unique=True)
    started_at = models.DateTimeField(_("サインインした日時"), default=timezone.now)
    last_seen_at = models.DateTimeField(_("最後に使った日時"), default=timezone.now)
    ip_address = models.GenericIPAddressField(_("IPアドレス"), null=True, blank=True)
    user_agent = models.CharField(_("ブラウザー"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("サインイン中の端末")
        verbose_name_plural = _("サインイン中の端末")
        ordering = ["-last_seen_at", "-pk"]

    @property
    def browser(self) -> str:
        """Browser and system in two words, as far as the browser tells; empty for other programs."""
        names = [next((name for sign, name in signs if sign in self.user_agent), "") for signs in SIGNS]
        return " / ".join(filter(None, names))

    def __str__(self) -> str:
        return f"{self.user_id} {self.started_at:%Y-%m-%d %H:%M}"
