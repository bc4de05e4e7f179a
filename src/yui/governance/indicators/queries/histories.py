"""The stored figures of several indicators in every scope, month by month, for rooms that compare wards."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse

from yui.governance.indicators.models import JOINT, IndicatorSnapshot
from yui.governance.indicators.queries.questions import read_indicator
from yui.governance.indicators.queries.rows import history_of
from yui.governance.indicators.tree import Indicator
from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor

Line = tuple[Decimal | None, ...]


@dataclass(frozen=True)
class History:
    """One indicator over 36 months. ``values`` and ``numerators`` hold a line for each scope that has any.

    A scope is a ward's code or ``joint``; ``None`` in a line means no data. ``measured_at`` is when the
    newest of the figures was measured.
    """

    indicator: Indicator
    months: tuple[Month, ...]
    values: Mapping[str, Line]
    numerators: Mapping[str, Line]
    measured_at: datetime | None

    def line(self, scope_code: str) -> Line:
        """Return the values of a scope; a scope without any has none in every month."""
        return self.values.get(scope_code, (None,) * len(self.months))

    def wards(self) -> dict[str, Line]:
        """Return the lines of the wards by code."""
        return {code: line for code, line in self.values.items() if code != JOINT}

    def records_address(self, scope_code: str = JOINT) -> str:
        """Return the address of the records behind the last month's figure of a scope."""
        ward = "" if scope_code == JOINT else f"&ward={scope_code}"
        page = reverse("indicators:records", args=[self.indicator.slug])
        return f"{page}?month={self.months[-1]}{ward}"


def histories_of(actor: Actor, codes: Collection[str], month: Month) -> dict[str, History]:
    """Return the 36 months that end with ``month`` of indicators, by code, from one query.

    Raises:
        UnknownIndicator: when the tree has none of a code.
    """
    asked = {code: read_indicator(code) for code in codes}
    wanted = {indicator.code: indicator for indicator in asked.values()}
    months = tuple(history_of(month))
    places = {each.first_day: place for place, each in enumerate(months)}
    rows = (
        IndicatorSnapshot.objects.visible_to(actor)
        .filter(
            is_current=True,
            indicator_code__in=sorted(wanted),
            month__gte=months[0].first_day,
            month__lte=months[-1].first_day,
        )
        .order_by()
        .values_list("indicator_code", "scope_code", "month", "value", "numerator", "measured_at")
    )
    values: dict[str, dict[str, list[Decimal | None]]] = {code: {} for code in wanted}
    numerators: dict[str, dict[str, list[Decimal | None]]] = {code: {} for code in wanted}
    newest: dict[str, datetime] = {}
    for code, scope, day, value, numerator, at in rows:
        for lines, found in ((values, value), (numerators, numerator)):
            lines[code].setdefault(scope, [None] * len(months))[places[day]] = found
        newest[code] = max(at, newest.get(code, at))
    return {
        name: History(
            indicator,
            months,
            {scope: tuple(line) for scope, line in values[indicator.code].items()},
            {scope: tuple(line) for scope, line in numerators[indicator.code].items()},
            newest.get(indicator.code),
        )
        for name, indicator in asked.items()
    }
