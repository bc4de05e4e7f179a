"""What an invoice differs by is explained to the last unit, or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.transition.costs.engine.reconciliation import Cause, explain
from yui.transition.costs.engine.rows import EXACT

amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=18, allow_nan=False, allow_infinity=False)
categories = st.sampled_from(["Usage", "Tax", "Credit", "Adjustment", "Purchase", ""])


@given(st.dictionaries(categories, amounts), amounts, st.sampled_from(["JPY", "USD"]), st.booleans())
def test_the_causes_add_up_to_exactly_the_difference(lines, invoice, currency, is_converted):
    causes = explain(lines, invoice, currency, is_converted=is_converted)
    total = sum((int(amount.scaleb(18, EXACT)) for amount in lines.values()), 0)
    # A tenth of eighteen decimals has nineteen.
    explained = sum((int(each.amount.scaleb(19, EXACT)) for each in causes), 0)
    assert explained == int(invoice.scaleb(19, EXACT)) - total * 10
    assert all(each.amount for each in causes)


@pytest.mark.parametrize(
    "lines, invoice, currency, causes",
    [
        ({"Usage": "1000"}, "1000", "JPY", []),
        ({"Usage": "1000.4"}, "1000", "JPY", [Cause.ROUNDING]),
        ({"Usage": "10.004"}, "10.00", "USD", [Cause.ROUNDING]),
        ({"Usage": "1000", "Tax": "100"}, "1000", "JPY", [Cause.TAX]),
        ({"Usage": "1000", "Credit": "-200"}, "1000", "JPY", [Cause.CREDIT]),
        ({"Usage": "1000", "Tax": "100", "Credit": "-200"}, "1000", "JPY", [Cause.TAX, Cause.CREDIT]),
        ({"Usage": "1000.3"}, "1100", "JPY", [Cause.CONSUMPTION_TAX, Cause.ROUNDING]),
        ({"Usage": "1000", "Adjustment": "-5", "Purchase": "40"}, "960", "JPY", [Cause.UNEXPLAINED]),
        ({"Usage": "1000", "Purchase": "400"}, "1000", "JPY", [Cause.PURCHASE]),
        ({"Usage": "1000"}, "1500", "JPY", [Cause.UNEXPLAINED]),
        ({"Usage": "1000", "Tax": "100"}, "1210", "JPY", [Cause.UNEXPLAINED]),
        ({}, "5", "JPY", [Cause.UNEXPLAINED]),
    ],
)
def test_the_fewest_causes_are_taken(lines, invoice, currency, causes):
    found = explain({name: Decimal(text) for name, text in lines.items()}, Decimal(invoice), currency)
    assert [each.cause for each in found] == causes


def test_another_rate_explains_a_converted_bill_within_reason():
    lines = {"Usage": Decimal("150000")}
    (cause,) = explain(lines, Decimal(156000), "JPY", is_converted=True)
    assert (cause.cause, cause.amount) == (Cause.EXCHANGE, 6000)
    assert explain(lines, Decimal(156000), "JPY")[0].cause is Cause.UNEXPLAINED
    assert explain(lines, Decimal(300000), "JPY", is_converted=True)[0].cause is Cause.UNEXPLAINED
