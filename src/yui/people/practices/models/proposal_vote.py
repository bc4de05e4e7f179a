"""賛成: a vote that nobody can trace to a person, administrators included."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedChild
from yui.people.practices.models.proposal import Proposal
from yui.people.practices.models.proposal_scoping import ProposalScopedManager


class ProposalVote(ScopedChild):
    """One vote, known only by a digest keyed with the installation's secret (``operations/proposals/votes``).

    There is no time, no number in sequence and no person: the digest is the key, another one for each
    proposal, so that votes for two proposals do not match.
    """

    scope_path = "proposal"

    digest = models.CharField(primary_key=True, max_length=64)
    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="votes", verbose_name=_("改善提案")
    )

    objects: ClassVar[Any] = ProposalScopedManager()

    class Meta(ScopedChild.Meta):
        verbose_name = _("賛成")

    def __str__(self) -> str:
        return str(_("賛成"))
