"""Chosen indicators as a report tells them: with the year before, the outlook, and the wards beside."""

import pytest

from yui.governance.indicators.public import JOINT, reported
from yui.governance.indicators.tests.conftest import OCTOBER

pytestmark = pytest.mark.django_db


def test_the_wards_stand_beside_and_the_year_before_is_told(rising, charlie, actor_of):
    found = reported(actor_of(charlie), OCTOBER, JOINT, ["1-KSI-1", "9-GONE-9", "1-KGI-1"])
    assert [each.row.code for each in found.indicators] == ["1-KSI-1", "1-KGI-1"]
    first, second = found.indicators
    assert (first.row.value_text, first.year_text, first.median_text) == ("40.0%", "+8.0ポイント", "40.0%")
    assert len(first.wards) == 23
    assert {each.text for each in first.wards if each.code == "131024"} == {"データなし"}
    assert first.outlook and first.pillar.startswith("①")
    assert (second.row.value, second.year_text, second.median) == (None, "", None)
    assert found.measured_at is not None and found.measured_at.month == 11


def test_without_figures_nothing_was_measured(organisations, charlie, actor_of):
    found = reported(actor_of(charlie), OCTOBER, JOINT, ["1-KSI-1"])
    assert found.measured_at is None and found.indicators[0].row.value is None


def test_a_report_asks_few_questions(rising, charlie, actor_of, django_assert_num_queries):
    actor = actor_of(charlie)
    with django_assert_num_queries(3):
        reported(actor, OCTOBER, JOINT, ["1-KSI-1", "1-KPI-1", "2-KPI-1"])
