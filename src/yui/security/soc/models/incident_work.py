"""What is done in an incident: tasks, notes, affected systems, and papers due by law."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.people import person_field
from yui.security.soc.models.incident import Incident
from yui.security.soc.models.levels import Tlp
from yui.security.soc.models.scoping import WatchedChild


class IncidentTask(WatchedChild):
    """One step: of a playbook (``step`` names it) or added by hand."""

    scope_path = "incident"

    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="tasks", verbose_name=_("インシデント")
    )
    step = models.CharField(_("手順の番号"), max_length=60, blank=True)
    phase = models.CharField(_("段階"), max_length=20, blank=True)
    title = models.CharField(_("やること"), max_length=300)
    is_required = models.BooleanField(_("必須"), default=False)
    role = models.CharField(_("役割"), max_length=60, blank=True)
    assignee = person_field(_("担当"))
    due_at = models.DateTimeField(_("期限"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("並び順"), default=0)
    done_at = models.DateTimeField(_("済んだ日時"), null=True, blank=True)
    done_by = person_field(_("済ませた人"))
    result = models.CharField(_("結果"), max_length=500, blank=True)
    skipped_reason = models.CharField(_("行わない理由"), max_length=300, blank=True)

    class Meta(WatchedChild.Meta):
        verbose_name = _("インシデントの作業")
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="soc_task_is_named"),
            models.UniqueConstraint(
                fields=("incident", "step"), condition=~Q(step=""), name="soc_task_step_once"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(skipped_reason=""), name="soc_task_done_or_skipped"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class IncidentNote(WatchedChild):
    """A line of the timeline; ``for_wards`` marks what the other wards may read (TLP:CLEAR or GREEN only)."""

    scope_path = "incident"

    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="notes", verbose_name=_("インシデント")
    )
    text = models.TextField(_("本文"), max_length=8000)
    tlp = models.CharField(_("共有範囲(TLP)"), max_length=12, choices=Tlp.choices, default=Tlp.AMBER)
    for_wards = models.BooleanField(_("ほかの区にも知らせる"), default=False)
    written_by = person_field(_("書いた人"))
    written_at = models.DateTimeField(_("書いた日時"), auto_now_add=True)

    class Meta(WatchedChild.Meta):
        verbose_name = _("インシデントの記録")
        ordering = ("written_at", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="soc_note_says_something"),
            models.CheckConstraint(
                condition=Q(for_wards=False) | Q(tlp__in=[Tlp.CLEAR, Tlp.GREEN]),
                name="soc_note_for_wards_may_travel",
                violation_error_message=_("ほかの区に知らせる記録は TLP:CLEAR か TLP:GREEN にしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class AffectedSystem(WatchedChild):
    """A system of the registry that an incident touches in one round; ``restored_at`` closes it."""

    scope_path = "incident"

    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="affected", verbose_name=_("インシデント")
    )
    system = models.ForeignKey(
        "registry.InformationSystem",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("情報システム"),
    )
    round = models.PositiveSmallIntegerField(_("回"), default=1)
    effect = models.CharField(_("影響"), max_length=300, blank=True)
    stopped_at = models.DateTimeField(_("止まった日時"), null=True, blank=True)
    contained_at = models.DateTimeField(_("封じ込めた日時"), null=True, blank=True)
    restored_at = models.DateTimeField(_("復旧した日時"), null=True, blank=True)

    class Meta(WatchedChild.Meta):
        verbose_name = _("影響を受けたシステム")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=("incident", "system", "round"),
                name="soc_affected_once",
                violation_error_message=_("そのシステムはもう登録されています。"),
            ),
            models.CheckConstraint(
                condition=Q(contained_at__isnull=False) | Q(restored_at__isnull=True),
                name="soc_affected_contained_before_restored",
                violation_error_message=_("復旧より先に、封じ込めを記録してください。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.system)


class DutyState(models.TextChoices):
    """Where a paper stands."""

    PENDING = "pending", _("未着手")
    DRAFTED = "drafted", _("下書き")
    SENT = "sent", _("提出済")
    RECEIVED = "received", _("受領済")
    NOT_REQUIRED = "not_required", _("不要")


class Duty(WatchedChild):
    """報告期限: one paper to one authority by a moment; ``engine/duties`` says which an incident needs.

    Not required, it says why: the facts no longer call for it, or (``waived_by``) a person decided so.
    """

    scope_path = "incident"

    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="duties", verbose_name=_("インシデント")
    )
    code = models.CharField(_("報告の種類"), max_length=40)
    round = models.PositiveSmallIntegerField(_("回"), default=1)
    due_at = models.DateTimeField(_("期限"), null=True, blank=True)
    state = models.CharField(_("状態"), max_length=14, choices=DutyState.choices, default=DutyState.PENDING)
    drafted_at = models.DateTimeField(_("下書きした日時"), null=True, blank=True)
    sent_at = models.DateTimeField(_("提出した日時"), null=True, blank=True)
    sent_by = person_field(_("提出した人"))
    receipt = models.CharField(_("受付番号"), max_length=80, blank=True)
    received_at = models.DateTimeField(_("受領の日時"), null=True, blank=True)
    reason = models.CharField(_("不要の理由"), max_length=300, blank=True)
    waived_by = person_field(_("不要と決めた人"))
    warned_at = models.DateTimeField(_("期限前に知らせた日時"), null=True, blank=True)
    overdue_told_at = models.DateTimeField(_("期限が過ぎたと知らせた日時"), null=True, blank=True)

    class Meta(WatchedChild.Meta):
        verbose_name = _("報告の期限")
        ordering = ("due_at", "id")
        indexes = [models.Index(fields=("state", "due_at"), name="soc_duties_due")]
        constraints = [
            models.UniqueConstraint(fields=("incident", "code", "round"), name="soc_duty_once_per_round"),
            models.CheckConstraint(
                condition=Q(state__in=[DutyState.PENDING, DutyState.DRAFTED], sent_at__isnull=True)
                | Q(state=DutyState.SENT, sent_at__isnull=False, received_at__isnull=True)
                | Q(state=DutyState.RECEIVED, sent_at__isnull=False, received_at__isnull=False)
                | (Q(state=DutyState.NOT_REQUIRED, sent_at__isnull=True) & ~Q(reason="")),
                name="soc_duty_state_has_its_moments",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class PaperFormat(models.TextChoices):
    """The files in which a draft comes."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word (DOCX)"
    XLSX = "xlsx", "Excel (XLSX)"


class PaperDraft(WatchedChild):
    """One draft of a paper as it was made: its file by hash, and the hash of the facts it was made from."""

    scope_path = "duty__incident"

    duty = models.ForeignKey(
        Duty, on_delete=models.PROTECT, related_name="drafts", verbose_name=_("報告の期限")
    )
    version = models.PositiveSmallIntegerField(_("版"))
    file_format = models.CharField(_("形式"), max_length=4, choices=PaperFormat.choices)
    facts_sha256 = models.CharField(_("もとにした事実のSHA-256"), max_length=64)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("バイト数"))
    made_by = person_field(_("作った人"))
    made_at = models.DateTimeField(_("作った日時"))

    class Meta(WatchedChild.Meta):
        verbose_name = _("報告の下書き")
        ordering = ("-made_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=("duty", "version"), name="soc_draft_version_unique"),
            models.CheckConstraint(
                condition=Q(file_format__in=PaperFormat.values), name="soc_draft_format_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty.code} {self.version}"
