"""検討: options that are to be ranked, the criteria, and the rounds of deliberation."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.links.addresses import record_address
from yui.kernel.scope.models import ParticipantScopedModel, ScopedChild, Visibility

CODE = RegexValidator(r"\A[0-9A-Za-z][0-9A-Za-z._-]{0,19}\Z", _("英数字と「.」「-」「_」で書いてください。"))

URN = RegexValidator(
    r"\Ayui:[a-z][a-z0-9_.]*:\S{1,150}\Z", _("yui:registry.system:12 のように書いてください。")
)


class SetState(models.TextChoices):
    """How far a set has come."""

    PREPARING = "preparing", _("準備")
    DELIBERATING = "deliberating", _("審議")
    DECIDED = "decided", _("決定")


class PrioritySet(ParticipantScopedModel):
    """One question of order: which of these options first?

    The organisation that keeps it decides (for joint ones the secretariat). Whoever sees the set sees its
    scores and the weights of all wards. ``is_illustrative`` says that its scores are made up.
    """

    code = models.CharField(_("コード"), max_length=20, validators=[CODE])
    title = models.CharField(_("名称"), max_length=120)
    purpose = models.TextField(_("何を決めるか"), max_length=2000, blank=True)
    state = models.CharField(_("状態"), max_length=12, choices=SetState.choices, default=SetState.PREPARING)
    is_illustrative = models.BooleanField(_("点数は架空の例"), default=False)

    class Meta(ParticipantScopedModel.Meta):
        verbose_name = _("優先度の検討")
        ordering = ("organisation__sort_order", "code")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "code"), name="priorities_set_code_once"),
            models.CheckConstraint(condition=~Q(title=""), name="priorities_set_is_named"),
            models.CheckConstraint(condition=Q(state__in=SetState.values), name="priorities_set_state_known"),
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.PUBLIC), name="priorities_set_not_public"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the result page."""
        return record_address("priorities:result", self.pk)


class Option(ScopedChild):
    """One of the things to put in order, such as 支援策③. ``urn`` names the record it is about, if any."""

    scope_path = "priority_set"

    priority_set = models.ForeignKey(PrioritySet, on_delete=models.CASCADE, related_name="options")
    code = models.CharField(_("コード"), max_length=20, validators=[CODE])
    title = models.CharField(_("名称"), max_length=120)
    description = models.TextField(_("内容"), max_length=2000, blank=True)
    pillar = models.PositiveSmallIntegerField(
        _("支援策"), null=True, blank=True, choices=[(1, "①"), (2, "②"), (3, "③")]
    )
    urn = models.CharField(_("関係する記録"), max_length=200, blank=True, validators=[URN])
    position = models.PositiveSmallIntegerField(_("並び順"))

    class Meta(ScopedChild.Meta):
        verbose_name = _("選択肢")
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=("priority_set", "code"), name="priorities_option_code_once"),
            models.UniqueConstraint(
                fields=("priority_set", "position"), name="priorities_option_position_once"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="priorities_option_is_named"),
            models.CheckConstraint(
                condition=Q(pillar__isnull=True) | Q(pillar__range=(1, 3)), name="priorities_option_pillar"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Criterion(ScopedChild):
    """What options are judged by. The score of a derived criterion comes from the attached evidence."""

    scope_path = "priority_set"

    priority_set = models.ForeignKey(PrioritySet, on_delete=models.CASCADE, related_name="criteria")
    code = models.CharField(_("コード"), max_length=20, validators=[CODE])
    title = models.CharField(_("観点"), max_length=60)
    description = models.TextField(_("見方"), max_length=1000, blank=True)
    position = models.PositiveSmallIntegerField(_("並び順"))
    is_derived = models.BooleanField(_("根拠から自動で決める"), default=False)

    class Meta(ScopedChild.Meta):
        verbose_name = _("観点")
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=("priority_set", "code"), name="priorities_criterion_code_once"),
            models.UniqueConstraint(
                fields=("priority_set", "position"), name="priorities_criterion_position_once"
            ),
            models.UniqueConstraint(
                fields=("priority_set",),
                condition=Q(is_derived=True),
                name="priorities_one_derived_criterion",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="priorities_criterion_is_named"),
        ]

    def __str__(self) -> str:
        return self.title


class Round(ScopedChild):
    """回: one round of deliberation. A closed one says why it ended, a decided one also what was decided."""

    scope_path = "priority_set"

    priority_set = models.ForeignKey(PrioritySet, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("審議の回"))
    opened_on = models.DateField(_("始めた日"))
    closed_on = models.DateField(_("終えた日"), null=True, blank=True)
    reason = models.TextField(_("理由"), max_length=4000, blank=True)
    decision = models.TextField(_("決定"), max_length=4000, blank=True)
    decided_order = models.JSONField(_("決定したときの順位"), default=list, blank=True)

    class Meta(ScopedChild.Meta):
        verbose_name = _("審議の回")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("priority_set", "number"), name="priorities_round_number_once"),
            models.UniqueConstraint(
                fields=("priority_set",),
                condition=Q(closed_on__isnull=True),
                name="priorities_one_open_round",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="priorities_round_counts_from_one"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, decision="") | Q(closed_on__gte=models.F("opened_on")),
                name="priorities_round_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(reason=""), name="priorities_closed_round_says_why"
            ),
        ]

    def __str__(self) -> str:
        return str(_("第%(number)s回") % {"number": self.number})

    @property
    def is_open(self) -> bool:
        """Whether scores and weights of this round may still change."""
        return self.closed_on is None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the texts without the blanks around them, so that an empty reason is empty."""
        self.reason, self.decision = self.reason.strip(), self.decision.strip()
        super().save(*args, **kwargs)
