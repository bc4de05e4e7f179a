"""Wards that migrated, and a petition that one of them drafts."""

from datetime import date

import pytest

from yui.transition.costs.models import ExhibitKind
from yui.transition.costs.operations.draft_petition import PetitionFields, draft_petition
from yui.transition.costs.tests.migration_story import LAST, approve, migrate, set_rates
from yui.transition.costs.tests.test_measures import total

FORM = {
    "title": "運用経費についての要望",
    "addressees": "デジタル大臣\n総務大臣",
    "dated": "2026-11-01",
    "preamble": "前文",
    "requests": "財政措置を行うこと。\n\n割引を広げること。",
    "kinds": ExhibitKind.values,
    "until": "2026-10",
    "rates": "billed",
    "visibility": "own",
}


def fields(**changes) -> PetitionFields:
    values = {
        "title": "要望",
        "addressees": "デジタル大臣",
        "dated": date(2026, 11, 1),
        "preamble": "",
        "requests": ["財政措置を行うこと。"],
        "kinds": ExhibitKind.values,
        "until": LAST,
    }
    return PetitionFields(**(values | changes))


@pytest.fixture
def story(organisations, soc):
    """Six wards with rates, totals, an approved definition, and a migration that doubled their costs."""
    set_rates(lambda month: 150)
    wards = [each for each in organisations.values() if each.is_ward][:6]
    for ward in wards:
        migrate(ward, times=2, dollars=3)
        for year in (2023, 2024, 2025, 2026):
            total(ward, 1_200_000, year)
    approve(soc)
    return wards


@pytest.fixture
def draft(story, minato, alice, actor_of):
    """A draft of 港区."""
    return draft_petition(actor_of(alice), organisation=minato, fields=fields())
