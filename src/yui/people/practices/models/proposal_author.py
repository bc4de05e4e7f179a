"""提案者: who proposes together, across wards."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedChild
from yui.people.practices.models.proposal import Proposal
from yui.people.practices.models.proposal_scoping import (
    ProposalScopedManager,
    ProposalScopedQuerySet,
    authored_by,
)


class AuthorState(models.TextChoices):
    """Whether the person has agreed to be named."""

    INVITED = "invited", _("返事待ち")
    ACCEPTED = "accepted", _("参加")
    DECLINED = "declined", _("辞退")


class AuthorQuerySet(ProposalScopedQuerySet):
    """Authors, hidden where they asked for it."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the authors whose names the actor may know.

        Until the decision, those of an anonymous proposal are known to each other alone: lists, the API,
        search and downloads read them here too.
        """
        found = super().visible_to(actor)
        if actor.is_system:
            return found
        known = Q(proposal__is_anonymous=False) | ~Q(proposal__outcome="")
        return found.filter(known | Q(proposal__in=authored_by(self.model, actor.user_id)))


class AuthorManager(ProposalScopedManager.from_queryset(AuthorQuerySet)):  # type: ignore[misc]
    """The default manager of authors."""


class ProposalAuthor(ScopedChild):
    """One author; a person is named only after agreeing, and ``organisation`` is where he or she works."""

    scope_path = "proposal"

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="authors", verbose_name=_("改善提案")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("提案者")
    )
    organisation = models.ForeignKey(
        "scope.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("所属")
    )
    is_lead = models.BooleanField(_("代表"), default=False)
    state = models.CharField(
        _("返事"), max_length=8, choices=AuthorState.choices, default=AuthorState.INVITED
    )

    objects: ClassVar[Any] = AuthorManager()

    class Meta(ScopedChild.Meta):
        verbose_name = _("提案者")
        ordering = ("-is_lead", "id")
        constraints = [
            models.UniqueConstraint(fields=("proposal", "user"), name="practices_author_once"),
            models.UniqueConstraint(
                fields=("proposal",), condition=Q(is_lead=True), name="practices_author_one_lead"
            ),
            models.CheckConstraint(
                condition=Q(is_lead=False) | Q(state=AuthorState.ACCEPTED),
                name="practices_author_lead_agrees",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)
