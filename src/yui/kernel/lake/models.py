"""The manifest: which files of the lake are live."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LakeFileQuerySet(models.QuerySet["LakeFile"]):
    """Questions to the manifest."""

    def live(self) -> "LakeFileQuerySet":
        """Keep the files that readers see."""
        return self.filter(superseded_at__isnull=True)

    def of_batch(self, batch: str) -> "LakeFileQuerySet":
        """Keep the files that one import published."""
        return self.filter(batch=batch)


class LakeFile(models.Model):
    """One Parquet file of the lake. A file without such a row is invisible; a superseded one stays kept.

    The lake lies below the access wall: rows name an organisation by its code, and readers say which codes
    or batches they may read (``yui.kernel.lake.reach``).
    """

    dataset = models.CharField(_("データの種類"), max_length=63)
    organisation_code = models.CharField(_("団体コード"), max_length=12)
    month = models.CharField(_("月"), max_length=7)
    part = models.CharField(_("区分"), max_length=200, blank=True)
    path = models.CharField(_("場所"), max_length=255)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    rows = models.BigIntegerField(_("行数"))
    bytes = models.BigIntegerField(_("バイト数"))
    batch = models.CharField(_("取込の番号"), max_length=40, db_index=True)
    published_at = models.DateTimeField(_("公開日時"), auto_now_add=True)
    superseded_by = models.CharField(_("置き換えた取込"), max_length=40, blank=True)
    superseded_at = models.DateTimeField(_("置き換えた日時"), null=True, blank=True)

    objects = LakeFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("データファイル")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("batch", "path"), name="lake_file_once_per_batch"),
            models.CheckConstraint(condition=Q(rows__gte=0) & Q(bytes__gte=0), name="lake_file_sizes"),
        ]
        indexes = [
            models.Index(
                fields=("dataset", "organisation_code", "month"),
                condition=Q(superseded_at__isnull=True),
                name="lake_live_files",
            )
        ]

    def __str__(self) -> str:
        return self.path
