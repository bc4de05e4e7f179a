"""Fixtures of the tests of proposals; ``conftest.py`` loads them."""

from datetime import date, timedelta

import pytest

from yui.kernel.calendar_jp import today
from yui.people.practices.models import Proposal
from yui.people.practices.tests.proposal_records import Way


@pytest.fixture
def way(minato, bob, alice, anna, actor_of):
    """Proposals of Bob, handled by Alice and decided by Anna, all of 港区."""
    return Way(minato, actor_of(bob), actor_of(alice), actor_of(anna))


@pytest.fixture
def days_later(minato):
    """A function that moves the deadlines of all proposals so many days into the past."""

    def move(days: int) -> date:
        for proposal in Proposal.objects.owned_by(minato).filter(due_on__isnull=False):
            Proposal.objects.owned_by(minato).filter(pk=proposal.pk).update(
                due_on=proposal.due_on - timedelta(days=days)
            )
        return today()

    return move
