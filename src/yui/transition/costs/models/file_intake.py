"""One file of costs on its way in: what it holds, how far it came, and what became of its rows."""

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedManager, ScopedModel, ScopedQuerySet
from yui.transition.costs.engine.rows import grouped_text
from yui.transition.costs.models.bill import BillImport, BillKind


class IntakeState(models.TextChoices):
    """Where a file stands."""

    KEPT = "kept", _("受付")
    PREVIEWED = "previewed", _("確認待ち")
    APPLYING = "applying", _("取り込み中")
    APPLIED = "applied", _("取り込み済み")
    FAILED = "failed", _("失敗")
    CANCELLED = "cancelled", _("取りやめ")


OPEN_STATES = (IntakeState.KEPT, IntakeState.PREVIEWED, IntakeState.APPLYING)
# What is being applied may be applied again: a killed process leaves this state behind.
CAN_BE_APPLIED = (IntakeState.PREVIEWED, IntakeState.APPLYING, IntakeState.FAILED)


class FileIntakeQuerySet(ScopedQuerySet):
    """Intakes by their state."""

    def open(self) -> "FileIntakeQuerySet":
        """Keep what waits for the worker or for a decision."""
        return self.filter(state__in=OPEN_STATES)


class FileIntake(ScopedModel):
    """A file that somebody sent for an organisation.

    The counts and ``billed`` (exact amounts as text by currency) are those of the last reading, and after the
    import those of the import. ``problems`` holds the first row errors, ``failure`` why the file was refused.
    """

    file_name = models.CharField(_("ファイル名"), max_length=255)
    kept_as = models.CharField(_("保管名"), max_length=64)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField(_("大きさ(バイト)"))
    kind = models.CharField(_("種類"), max_length=16)
    state = models.CharField(_("状態"), max_length=12, choices=IntakeState.choices, default=IntakeState.KEPT)
    rows_read = models.PositiveBigIntegerField(_("読んだ行"), default=0)
    rows_accepted = models.PositiveBigIntegerField(_("取り込んだ行"), default=0)
    rows_rejected = models.PositiveBigIntegerField(_("取り込めなかった行"), default=0)
    rows_outside = models.PositiveBigIntegerField(_("対象外の行"), default=0)
    billed = models.JSONField(_("請求額"), default=dict, blank=True)
    problems = models.JSONField(_("行の誤り"), default=list, blank=True)
    notes = models.JSONField(_("気付いたこと"), default=list, blank=True)
    failure = models.TextField(_("失敗の理由"), blank=True)
    is_new = models.BooleanField(_("新しい内容"), default=True)
    bill = models.ForeignKey(
        BillImport, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("請求")
    )
    job_id = models.BigIntegerField(_("処理"), null=True, blank=True)
    requested_by_name = models.CharField(_("送った人"), max_length=200)
    started_at = models.DateTimeField(_("始めた日時"), null=True, blank=True)
    finished_at = models.DateTimeField(_("終えた日時"), null=True, blank=True)

    objects: ClassVar[Any] = ScopedManager.from_queryset(FileIntakeQuerySet)()

    class Meta(ScopedModel.Meta):
        verbose_name = _("コストのファイルの取り込み")
        ordering = ("-pk",)
        indexes = [models.Index(fields=("organisation", "state"), name="cost_intake_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=IntakeState.values), name="cost_intake_state_known"),
            models.CheckConstraint(
                condition=Q(rows_read=F("rows_accepted") + F("rows_rejected") + F("rows_outside")),
                name="cost_intake_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Return the address of the intake's page."""
        return reverse("costs:intake", args=[self.pk])

    @property
    def amounts(self) -> list[tuple[str, str]]:
        """Currency and billed amount for reading."""
        return [(currency, grouped_text(Decimal(amount))) for currency, amount in sorted(self.billed.items())]

    @property
    def kind_title(self) -> str:
        """The kind of file for people."""
        titles = dict(BillKind.choices) | {"expenditure": _("歳出総額"), "auto": _("自動で見分ける")}
        return str(titles.get(self.kind, self.kind))

    @property
    def can_be_applied(self) -> bool:
        """Whether there is something to import."""
        return self.state in CAN_BE_APPLIED and bool(self.rows_accepted)
