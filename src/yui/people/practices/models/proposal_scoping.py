"""Who sees improvement proposals: a draft only its authors, whatever else is visible of it."""

from typing import Self

from django.db import models
from django.db.models import Q

from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedManager, ScopedQuerySet
from yui.kernel.scope.querysets import scope_owner


def authored_by(model: type[models.Model], user_id: int | None) -> models.QuerySet:
    """Return the keys of the proposals of a person, those he or she is asked to join included.

    Args:
        model: proposals, or a part of them.
    """
    authors: models.QuerySet = scope_owner(model)._meta.get_field("authors").related_model.everything.all()
    mine = authors.none() if user_id is None else authors.filter(user_id=user_id)
    return mine.exclude(state="declined").values("proposal_id")


class ProposalScopedQuerySet(ScopedQuerySet):
    """Proposals and their parts: what has no number yet is seen by its authors alone."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what the actor may see: of what was never handed in, only his or her own."""
        found = super().visible_to(actor)
        if actor.is_system:
            return found
        path = getattr(self.model, "scope_path", "")
        prefix = f"{path}__" if path else ""
        handed_in = ~Q(**{f"{prefix}number": ""})
        return found.filter(handed_in | Q(**{f"{prefix}pk__in": authored_by(self.model, actor.user_id)}))


class ProposalScopedManager(ScopedManager.from_queryset(ProposalScopedQuerySet)):  # type: ignore[misc]
    """The default manager of proposals and their parts."""
