"""A set of the secretariat with three options, in preparation and under deliberation."""

from decimal import Decimal

import pytest

from yui.governance.priorities.facts import EvidenceFacts, OptionFacts, ScoreFacts, SetFacts
from yui.governance.priorities.models import Criterion, Option
from yui.governance.priorities.operations import begin_deliberation, make_set, save_option, score_option
from yui.governance.tests.fixtures import sara, secretariat, sven

__all__ = ["sara", "secretariat", "sven"]
SCORES = {"1": (4, 3, 3, 3), "2": (2, 3, 3, 4), "3": (4, 4, 4, 5)}
STATISTICS = EvidenceFacts("statistics", "架空の統計")


@pytest.fixture
def prepare(system_actor):
    """A function that makes a set with scored options, in preparation."""

    def make(organisation, code="pillars", participants=(), **facts):
        made = make_set(
            system_actor,
            organisation=organisation,
            facts=SetFacts(code, facts.pop("title", "三つの支援策"), **facts),
            participants=participants,
        )
        for name, values in SCORES.items():
            option = save_option(system_actor, priority_set=made, facts=OptionFacts(name, f"支援策{name}"))
            for criterion, value in zip(typed(made), values, strict=True):
                facts_of = ScoreFacts(Decimal(value), evidence=(STATISTICS,) if value > 3 else ())
                score_option(
                    system_actor, priority_set=made, option=option, criterion=criterion, facts=facts_of
                )
        return made

    return make


@pytest.fixture
def prepared(prepare, secretariat):
    """A set that all wards see, in preparation."""
    return prepare(secretariat)


@pytest.fixture
def deliberated(prepared, system_actor):
    """The same under deliberation."""
    begin_deliberation(system_actor, priority_set=prepared)
    prepared.refresh_from_db()
    return prepared


def typed(priority_set):
    """The criteria whose scores people enter, in their order."""
    return list(Criterion.objects.unscoped("test").filter(priority_set=priority_set, is_derived=False))


def option_of(priority_set, code):
    """An option by its code."""
    return Option.objects.unscoped("test").get(priority_set=priority_set, code=code)


def parts(**weights):
    """Weights for all five criteria, those not named 10."""
    names = ("speed", "feasibility", "cost", "fairness", "evidence")
    return {name: Decimal(weights.get(name, 10)) for name in names}
