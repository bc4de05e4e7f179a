"""Which people may see a question: whoever is told of it must be among them."""

from collections.abc import Iterable

from yui.kernel.calendar_jp import today
from yui.kernel.scope.models import Visibility
from yui.organisations.public import Membership
from yui.people.commons.models import Question

_WHY = "who may be told of a question"


def readers_among(question: Question, user_ids: Iterable[int]) -> frozenset[int]:
    """Return those of the people who may see ``question`` today."""
    held = (
        Membership.objects.unscoped(_WHY)
        .valid_on(today())
        .filter(user_id__in=set(user_ids), user__is_active=True, organisation__is_active=True)
    )
    if question.visibility == Visibility.OWN:
        held = held.filter(organisation_id=question.organisation_id)
    elif question.visibility == Visibility.PARTICIPANTS:
        bodies = [question.organisation_id, *question.participants.values_list("pk", flat=True)]
        held = held.filter(organisation_id__in=bodies)
    return frozenset(held.values_list("user_id", flat=True))
