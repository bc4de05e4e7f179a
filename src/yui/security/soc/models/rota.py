"""当番: shifts, hand-overs, and who is told when nobody answers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.links.addresses import record_address
from yui.kernel.scope.models import ScopedChild, ScopedModel
from yui.kernel.scope.people import person_field
from yui.security.soc.models.levels import Level


class ShiftKind(models.TextChoices):
    """The shifts of a day; on-call runs beside them."""

    DAY = "day", _("日勤")
    NIGHT = "night", _("夜勤")
    ON_CALL = "on_call", _("オンコール")


class Shift(ScopedModel):
    """One person's hours on watch for a joint body."""

    person = models.ForeignKey(
        "organisations.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("担当")
    )
    kind = models.CharField(_("種類"), max_length=8, choices=ShiftKind.choices)
    starts_at = models.DateTimeField(_("開始"))
    ends_at = models.DateTimeField(_("終了"))
    is_lead = models.BooleanField(_("責任者"), default=False)

    class Meta(ScopedModel.Meta):
        verbose_name = _("当番")
        ordering = ("starts_at", "kind", "-is_lead", "id")
        indexes = [models.Index(fields=("organisation", "starts_at"), name="soc_shifts_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "person", "starts_at"),
                name="soc_shift_unique",
                violation_error_message=_("その人はその時間にもう当番です。"),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")),
                name="soc_shift_ends_after_start",
                violation_error_message=_("終了は開始より後にしてください。"),
            ),
            models.CheckConstraint(condition=Q(kind__in=ShiftKind.values), name="soc_shift_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.person}"


class Absence(ScopedModel):
    """不在: days on which a person of the joint body takes no shift; why is nobody's business."""

    person = models.ForeignKey(
        "organisations.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("担当")
    )
    first_day = models.DateField(_("最初の日"))
    last_day = models.DateField(_("最後の日"))

    class Meta(ScopedModel.Meta):
        verbose_name = _("不在")
        ordering = ("first_day", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "person", "first_day"),
                name="soc_absence_unique",
                violation_error_message=_("その人のその日からの不在はもうあります。"),
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")),
                name="soc_absence_ends_after_start",
                violation_error_message=_("最後の日は最初の日より後にしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.first_day:%Y-%m-%d}"


class Handover(ScopedModel):
    """引継ぎ: what one shift leaves to the next; the receiver signs that it was read."""

    shift_kind = models.CharField(_("種類"), max_length=8, choices=ShiftKind.choices)
    for_shift_at = models.DateTimeField(_("引き継ぐ当番の開始"))
    text = models.TextField(_("引継ぎ事項"), max_length=8000)
    open_alerts = models.PositiveIntegerField(_("未完了の検知"), default=0)
    open_incidents = models.JSONField(_("未終了のインシデント"), default=list, blank=True)
    written_by = person_field(_("書いた人"))
    written_at = models.DateTimeField(_("書いた日時"))
    accepted_by = person_field(_("受けた人"))
    accepted_at = models.DateTimeField(_("受けた日時"), null=True, blank=True)

    class Meta(ScopedModel.Meta):
        verbose_name = _("引継ぎ")
        ordering = ("-written_at", "-id")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="soc_handover_says_something"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(accepted_at__gte=models.F("written_at")),
                name="soc_handover_accepted_after_writing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_shift_kind_display()} {self.for_shift_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """Return the address of the record's page."""
        return record_address("soc:handover", self.pk)


class EscalationChannel(models.TextChoices):
    """How a person is told."""

    MAIL = "mail", _("メール")
    WEBHOOK = "webhook", _("Webhook")


class EscalationStep(ScopedModel):
    """上申の手順: who is told when an alert of a level has waited so long without anybody taking it."""

    position = models.PositiveSmallIntegerField(_("順番"))
    minimum_level = models.PositiveSmallIntegerField(_("重さの下限"), choices=Level.choices)
    after_minutes = models.PositiveIntegerField(_("待つ時間(分)"))
    channel = models.CharField(_("方法"), max_length=8, choices=EscalationChannel.choices)
    target = models.CharField(_("宛先"), max_length=300)
    to_on_call = models.BooleanField(_("オンコールの人にも送る"), default=False)

    class Meta(ScopedModel.Meta):
        verbose_name = _("上申の手順")
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "position"),
                name="soc_escalation_position_unique",
                violation_error_message=_("その順番はもう使われています。"),
            ),
            models.CheckConstraint(
                condition=Q(channel__in=EscalationChannel.values) & ~Q(target=""),
                name="soc_escalation_has_a_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.target}"


class Notice(ScopedChild):
    """One message sent (or tried) by an escalation step; a step tells of a subject once."""

    scope_path = "step"

    step = models.ForeignKey(
        EscalationStep, on_delete=models.PROTECT, related_name="+", verbose_name=_("上申の手順")
    )
    subject = models.CharField(_("対象"), max_length=200)
    sent_at = models.DateTimeField(_("送った日時"), null=True, blank=True)
    tried_at = models.DateTimeField(_("試した日時"))
    attempts = models.PositiveSmallIntegerField(_("試した回数"), default=1)
    error = models.CharField(_("うまくいかなかった理由"), max_length=300, blank=True)

    class Meta(ScopedChild.Meta):
        verbose_name = _("上申の知らせ")
        ordering = ("-tried_at", "-id")
        constraints = [models.UniqueConstraint(fields=("step", "subject"), name="soc_notice_once_per_step")]

    def __str__(self) -> str:
        return self.subject
