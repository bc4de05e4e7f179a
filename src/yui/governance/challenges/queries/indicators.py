"""Indicators of the tree by code, with the columns in which they stand."""

from yui.governance.challenges.engine.columns import Column, column_of
from yui.governance.challenges.errors import UnknownIndicatorCode
from yui.governance.indicators.public import Indicator, indicators


def indicator_named(code: str) -> Indicator:
    """Return the indicator of a code.

    Raises:
        UnknownIndicatorCode: when the tree has none.
    """
    found = next((each for each in indicators() if each.code == code), None)
    if found is None:
        raise UnknownIndicatorCode(code)
    return found


def column_of_indicator(indicator: Indicator) -> Column:
    """Return the column of an indicator."""
    return column_of(indicator.level.value, indicator.kind)


def indicators_of(pillar: int) -> tuple[Indicator, ...]:
    """Return the indicators of a pillar by column, within a column in the article's order."""
    found = [each for each in indicators() if each.pillar == pillar]
    return tuple(sorted(found, key=column_of_indicator))
