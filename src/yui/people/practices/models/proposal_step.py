"""経過: what happened to a proposal, never changed afterwards."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedChild
from yui.kernel.scope.people import person_field
from yui.people.practices.models.proposal import Proposal, ProposalStage
from yui.people.practices.models.proposal_scoping import ProposalScopedManager


class StepKind(models.TextChoices):
    """What was done; the first eleven move the proposal on (``engine.proposal_states.Step``)."""

    SUBMIT = "submit", _("提出した")
    REVIEW = "review", _("検討を始めた")
    RETURN = "return", _("差し戻した")
    ADOPT = "adopt", _("採用した")
    ADOPT_PARTLY = "adopt_partly", _("一部採用した")
    REJECT = "reject", _("不採用にした")
    IMPLEMENT = "implement", _("実施した")
    MEASURE = "measure", _("効果を測った")
    SPREAD = "spread", _("横展開した")
    WITHDRAW = "withdraw", _("取り下げた")
    MERGE = "merge", _("統合した")
    ASSIGN = "assign", _("担当を決めた")
    EXTEND = "extend", _("期限を変えた")
    TAKE_IN = "take_in", _("過去の記録から取り込んだ")


class ProposalStep(ScopedChild):
    """One step: who, when, with which words (a trigger of the database refuses every change)."""

    scope_path = "proposal"

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="steps", verbose_name=_("改善提案")
    )
    kind = models.CharField(_("したこと"), max_length=14, choices=StepKind.choices)
    stage = models.CharField(_("そのあとの段階"), max_length=12, choices=ProposalStage.choices)
    words = models.TextField(_("ことば"), max_length=4000, blank=True)
    by = person_field(_("行った人"))
    is_by_author = models.BooleanField(default=False)
    at = models.DateTimeField(_("日時"))

    objects: ClassVar[Any] = ProposalScopedManager()

    class Meta(ScopedChild.Meta):
        verbose_name = _("提案の経過")
        ordering = ("at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=StepKind.values) & Q(stage__in=ProposalStage.values),
                name="practices_step_words_known",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=(StepKind.RETURN, StepKind.REJECT, StepKind.ADOPT_PARTLY))
                | ~Q(words=""),
                name="practices_step_says_why",
                violation_error_message=_("理由を書いてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
