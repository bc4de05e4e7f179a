"""Demonstration figures."""

import pytest

from yui.governance.indicators.demo import seed
from yui.governance.indicators.models import IndicatorSnapshot
from yui.kernel.calendar_jp import Month
from yui.kernel.demonstration import Demonstration

pytestmark = pytest.mark.django_db


def test_every_month_is_stored_in_few_statements(offer, minato, shinjuku, django_assert_max_num_queries):
    offer(lambda scope, month: 60, records=7)
    demo = Demonstration(Month(2026, 5), Month(2026, 10), [minato, shinjuku])
    with django_assert_max_num_queries(80):
        seed(demo)
    stored = IndicatorSnapshot.objects.unscoped("test")
    assert stored.count() == 6 * 24 * 15
    assert stored.values("month").distinct().count() == 6
    assert stored.filter(value__isnull=False).count() == 6 * 24
