"""Challenges and initiatives of the secretariat, and the article as it is adopted."""

import datetime
from decimal import Decimal

import pytest

from yui.governance.challenges.facts import ChallengeFacts, InitiativeFacts
from yui.governance.challenges.models import Challenge, Initiative, Link
from yui.governance.challenges.operations import adopt_article, save_challenge, save_initiative
from yui.governance.indicators.models import JOINT, IndicatorSnapshot
from yui.governance.tests.fixtures import in_japanese, sara, secretariat
from yui.kernel.calendar_jp import TOKYO, Month
from yui.kernel.scope.models import Visibility

__all__ = ["in_japanese", "sara", "secretariat"]

OCTOBER = Month(2026, 10)


@pytest.fixture
def adopted(system_actor, secretariat):
    """The article's challenges, initiatives and links."""
    return adopt_article(system_actor)


@pytest.fixture
def challenge(system_actor, secretariat):
    """A challenge of pillar ② that all wards see."""
    facts = ChallengeFacts("c", "見張りが足りない", "administration", (2,), "夜間はだれも見ていない。")
    return save_challenge(system_actor, organisation=secretariat, facts=facts)


@pytest.fixture
def initiative(system_actor, secretariat):
    """An initiative of pillar ② that all wards see."""
    facts = InitiativeFacts("i", 2, "共同の見張り")
    return save_initiative(system_actor, organisation=secretariat, facts=facts)


@pytest.fixture
def store(secretariat):
    """A function that stores one joint figure of an indicator for a month; None for no data."""

    def put(code, value, month=OCTOBER, status="late"):
        IndicatorSnapshot.objects.create(
            organisation=secretariat,
            visibility=Visibility.WARDS,
            indicator_code=code,
            scope_code=JOINT,
            month=month.first_day,
            value=None if value is None else Decimal(value),
            status="no_data" if value is None else status,
            definition="test",
            measured_at=datetime.datetime(2026, 11, 2, 2, 30, tzinfo=TOKYO),
        )

    return put


def challenge_of(code):
    """A challenge by its code."""
    return Challenge.objects.unscoped("test").select_related("organisation").get(code=code)


def initiative_of(code):
    """An initiative by its code."""
    return Initiative.objects.unscoped("test").select_related("organisation").get(code=code)


def links():
    """Every arrow."""
    return Link.objects.unscoped("test").select_related("organisation", "challenge", "initiative")
