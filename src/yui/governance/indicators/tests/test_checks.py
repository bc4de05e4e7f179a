"""The tree and the measures speak of the same units."""

from yui.governance.indicators.checks import check_units
from yui.kernel.measures.values import Unit


def test_a_measure_in_another_unit_fails_the_check(offer):
    offer(lambda scope, month: 1, unit=Unit.COUNT)
    (found,) = check_units(None)
    assert found.id == "indicators.E001"
    assert "1-KSI-1 is in percent" in found.msg
    assert "gives count" in found.msg


def test_the_same_unit_and_measures_outside_the_tree_pass(offer):
    offer(lambda scope, month: 1)
    offer(lambda scope, month: 1, code="test.other", unit=Unit.YEN)
    assert check_units(None) == []


def test_measures_of_rooms_not_built_yet_pass():
    assert check_units(None) == []
