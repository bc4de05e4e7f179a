"""What every attachment of every room remembers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.attachments.kinds import IMAGES
from yui.kernel.scope.models import ScopedChild


class ScanState(models.TextChoices):
    """Whether a malware scanner has looked at the file."""

    CLEAN = "clean", _("検査済み")
    NOT_SCANNED = "not_scanned", _("検査していません")


class Attachment(ScopedChild):
    """A file beside a record; whoever sees the record sees it. The bytes lie under ``sha256``.

    A room adds the key to its record and names it in ``scope_path``.
    """

    name = models.CharField(_("ファイル名"), max_length=150)
    media_type = models.CharField(_("形式"), max_length=120)
    size = models.PositiveBigIntegerField(_("大きさ(バイト)"))
    sha256 = models.CharField("SHA-256", max_length=64)
    scan = models.CharField(_("ウイルス検査"), max_length=12, choices=ScanState.choices)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("添付した人"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("作成日時"), auto_now_add=True)

    class Meta(ScopedChild.Meta):
        abstract = True
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scan__in=ScanState.values), name="%(app_label)s_%(class)s_scan_known"
            ),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="%(app_label)s_%(class)s_not_empty"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="%(app_label)s_%(class)s_has_a_hash"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        """Whether a page may show the file in itself."""
        return self.media_type in IMAGES

    @property
    def reference(self) -> str:
        """How a Markdown text names the file: ``![図](attachment:12)``."""
        return f"attachment:{self.pk}"
