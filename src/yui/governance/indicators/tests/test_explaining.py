"""The indicators tell the largest change, what was reached, and what lags."""

from decimal import Decimal

import pytest

from yui.governance.indicators.explaining import explain
from yui.governance.indicators.models import IndicatorSnapshot
from yui.governance.indicators.tests.conftest import OCTOBER
from yui.kernel.explanations.registry import Topic
from yui.kernel.measures.values import MeasureScope

pytestmark = pytest.mark.django_db


def said_to(actor, scope=None, month=OCTOBER):
    """What is said, by code."""
    return {each.code: each for each in explain(actor, scope or MeasureScope(), month)}


def test_without_figures_nothing_is_said(charlie, actor_of, organisations):
    assert explain(actor_of(charlie), MeasureScope(), OCTOBER) == []


def test_the_largest_move_against_the_target_is_told(rising, put, charlie, actor_of, minato):
    put("1-KPI-1", lambda month: Decimal(9) if month == OCTOBER else Decimal(5))
    said = said_to(actor_of(charlie))
    assert "「共同調達によるコスト削減率」は9" in said["largest_change"].text
    assert said["largest_change"].url.startswith("/indicators/1-kpi-1/")
    own = said_to(actor_of(charlie), MeasureScope(minato))
    assert "「BPRを実施した部署の割合」" in own["largest_change"].text


def test_what_lags_is_a_risk(rising, charlie, actor_of):
    late = said_to(actor_of(charlie))["late"]
    assert late.topic == Topic.RISK and late.text == "遅れている指標が1件あります: BPRを実施した部署の割合。"


def test_a_target_reached_this_month_is_told_once(rising, charlie, actor_of):
    IndicatorSnapshot.objects.unscoped("test").filter(
        scope_code="joint", month__gte=OCTOBER.first_day
    ).update(status="achieved")
    said = said_to(actor_of(charlie))
    assert said["reached"].text == "今月、目標に届いた指標: BPRを実施した部署の割合。"
    assert "reached" not in said_to(actor_of(charlie), month=OCTOBER.previous())


def test_a_sum_that_begins_anew_in_april_is_no_change(put, charlie, actor_of):
    april = OCTOBER.shift(-6)
    put("2-KPI-1", lambda month: Decimal(1) if month == april else Decimal(50))
    assert "largest_change" not in said_to(actor_of(charlie), month=april)
