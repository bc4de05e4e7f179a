"""取り込み: one file on its way into the store, and what came of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.governance.statistics.models.source import Source
from yui.kernel.links.addresses import record_address
from yui.kernel.scope.models import ScopedChild

REFUSALS_KEPT = 200


class IntakeState(models.TextChoices):
    """Where a file stands."""

    WAITING = "waiting", _("確認待ち")
    APPLIED = "applied", _("取り込み済み")
    CANCELLED = "cancelled", _("取りやめ")
    WITHDRAWN = "withdrawn", _("取り消し")


class FileFormat(models.TextChoices):
    """How a file is laid out."""

    ESTAT_JSON = "estat-json", _("e-StatのJSON")
    LONG = "long", _("縦長の表")
    WIDE = "wide", _("横長の表")


class Intake(ScopedChild):
    """One file of one source.

    ``wanted`` holds what was said about the file when it was sent (``facts.Wanted``); ``refused`` the first
    refusals as ``{"row", "what", "why"}`` with their texts in both languages. ``older_count`` are figures
    that an older retrieval gave otherwise: they are kept as history and change nothing that is current.
    """

    scope_path = "source"

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="intakes", verbose_name=_("出典")
    )
    file_name = models.CharField(_("ファイル名"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    file_format = models.CharField(_("形式"), max_length=12, choices=FileFormat.choices)
    state = models.CharField(
        _("状態"), max_length=10, choices=IntakeState.choices, default=IntakeState.WAITING
    )
    retrieved_on = models.DateField(_("取得日"))
    wanted = models.JSONField(_("取り込み方"), default=dict, blank=True)
    new_count = models.PositiveIntegerField(_("新しい値"), default=0)
    changed_count = models.PositiveIntegerField(_("変わった値"), default=0)
    known_count = models.PositiveIntegerField(_("同じ値"), default=0)
    older_count = models.PositiveIntegerField(_("前の取得の値"), default=0)
    refused_count = models.PositiveIntegerField(_("読めなかったもの"), default=0)
    refused = models.JSONField(_("読めなかった理由"), default=list, blank=True)
    taken_by_name = models.CharField(_("取り込んだ人"), max_length=200)
    created_at = models.DateTimeField(_("受け付けた日時"), auto_now_add=True)
    finished_at = models.DateTimeField(_("終えた日時"), null=True, blank=True)

    class Meta(ScopedChild.Meta):
        verbose_name = _("統計の取り込み")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=IntakeState.values), name="statistics_intake_state_known"
            ),
            models.CheckConstraint(
                condition=Q(file_format__in=FileFormat.values), name="statistics_intake_format_known"
            ),
            models.CheckConstraint(
                condition=Q(state=IntakeState.WAITING) | Q(finished_at__isnull=False),
                name="statistics_intake_ends_sometime",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Return the address of the intake's page."""
        return record_address("statistics:intake", self.pk)
