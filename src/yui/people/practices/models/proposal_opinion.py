"""意見: what the department in charge and the panel think of a proposal, and the decision in preparation."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedChild
from yui.kernel.scope.people import person_field
from yui.people.practices.models.proposal import Proposal, ProposalOutcome
from yui.people.practices.models.proposal_scoping import ProposalScopedManager


class OpinionKind(models.TextChoices):
    """In which capacity somebody speaks."""

    DEPARTMENT = "department", _("所管課意見")
    PANEL = "panel", _("審査意見")


class ProposalOpinion(ScopedChild):
    """One opinion of one person, who has no part in the proposal; read by others once it is decided."""

    scope_path = "proposal"

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="opinions", verbose_name=_("改善提案")
    )
    kind = models.CharField(_("種類"), max_length=12, choices=OpinionKind.choices)
    recommendation = models.CharField(_("判断"), max_length=10, choices=ProposalOutcome.choices, blank=True)
    words = models.TextField(_("意見"), max_length=4000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("書いた人")
    )
    at = models.DateTimeField(_("日時"))

    objects: ClassVar[Any] = ProposalScopedManager()

    class Meta(ScopedChild.Meta):
        verbose_name = _("提案への意見")
        ordering = ("kind", "at", "id")
        constraints = [
            models.UniqueConstraint(fields=("proposal", "kind", "by"), name="practices_opinion_one_each"),
            models.CheckConstraint(
                condition=Q(kind__in=OpinionKind.values) & ~Q(words=""),
                name="practices_opinion_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.by}"


class PreparedDecision(ScopedChild):
    """決定の案: what the secretariat puts to the person who decides; seen by nobody else."""

    scope_path = "proposal"

    proposal = models.OneToOneField(
        Proposal, on_delete=models.CASCADE, related_name="prepared", verbose_name=_("改善提案")
    )
    outcome = models.CharField(_("結果の案"), max_length=10, choices=ProposalOutcome.choices)
    reason = models.TextField(_("理由の案"), max_length=4000, blank=True)
    by = person_field(_("書いた人"))

    objects: ClassVar[Any] = ProposalScopedManager()

    class Meta(ScopedChild.Meta):
        verbose_name = _("決定の案")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=ProposalOutcome.values), name="practices_prepared_outcome_known"
            )
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
