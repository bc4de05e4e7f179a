"""Turns what a person typed (a month, a date, a ward's code) into what the figures need."""

import datetime

from yui.governance.indicators.errors import UnknownIndicator, UnknownMonth, UnknownWard
from yui.governance.indicators.queries.figures import joint_scope, ward_scopes
from yui.governance.indicators.tree import Indicator, tree
from yui.kernel.calendar_jp import Month, today
from yui.kernel.measures.values import MeasureScope
from yui.kernel.scope.models import Organisation

ALL_WARDS = "all"
YEARS = range(1950, 2200)
"""Years that somebody may ask about: figures reach years back from each month, which has to exist too."""


def last_closed_month() -> Month:
    """Return the month before the current one: the newest that is complete."""
    return Month.of(today()).previous()


def read_month(text: str | None) -> Month:
    """Return the month that ``text`` (2026-11, or a day in it) names; the last closed one when it is empty.

    Raises:
        UnknownMonth: when it names none.
    """
    if not text:
        return last_closed_month()
    try:
        month = Month.of(datetime.date.fromisoformat(text)) if text.count("-") == 2 else Month.parse(text)
    except ValueError:
        raise UnknownMonth(text) from None
    if month.year not in YEARS:
        raise UnknownMonth(text)
    return month


def read_scopes(code: str | None) -> list[MeasureScope]:
    """Return the joint scope (no code), every scope (``all``), or one ward's.

    Raises:
        UnknownWard: when no active ward has the code.
    """
    if not code or code == "joint":
        return [joint_scope()]
    if code == ALL_WARDS:
        return [joint_scope(), *ward_scopes()]
    ward = Organisation.objects.wards().filter(code=code).first()
    if ward is None:
        raise UnknownWard(code)
    return [MeasureScope(ward)]


def read_indicator(code: str) -> Indicator:
    """Return the indicator of this code.

    Raises:
        UnknownIndicator: when the tree has none.
    """
    found = tree().find(code)
    if found is None:
        raise UnknownIndicator(code)
    return found
