"""The only door for other rooms: the stored tree, the wards of one indicator, and how values are written."""

from yui.governance.indicators.engine.levels import LEVELS, level_of
from yui.governance.indicators.errors import UnknownMonth, UnknownWard
from yui.governance.indicators.models import JOINT
from yui.governance.indicators.queries.histories import History, histories_of
from yui.governance.indicators.queries.questions import last_closed_month, read_indicator, read_month
from yui.governance.indicators.queries.reported import Reported, ReportedIndicator, WardFigure, reported
from yui.governance.indicators.queries.rows import (
    IndicatorRow,
    PillarRows,
    pillar_rows_of,
    status_counts,
)
from yui.governance.indicators.queries.snapshots import latest_month
from yui.governance.indicators.queries.wards import WardValue, WardValues, ward_values
from yui.governance.indicators.tree import Indicator, tree
from yui.governance.indicators.words import (
    amount_text,
    change_text,
    no_font_text,
    target_text,
    unit_text,
    value_text,
)
from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor

__all__ = [
    "JOINT",
    "LEVELS",
    "History",
    "Indicator",
    "IndicatorRow",
    "PillarRows",
    "Reported",
    "ReportedIndicator",
    "UnknownMonth",
    "UnknownWard",
    "WardFigure",
    "WardValue",
    "WardValues",
    "amount_text",
    "change_text",
    "histories_of",
    "indicators",
    "last_closed_month",
    "latest_month",
    "level_of",
    "no_font_text",
    "pillar_rows",
    "read_month",
    "reported",
    "status_counts",
    "target_text",
    "tile_values",
    "unit_text",
    "value_text",
]


def indicators() -> tuple[Indicator, ...]:
    """Return every indicator of the tree in the article's order."""
    return tree().indicators


def pillar_rows(actor: Actor, month: Month | None = None, scope_code: str = JOINT) -> tuple[PillarRows, ...]:
    """Return the tree of a month (the newest stored one) and a scope: one query, two without a month."""
    return pillar_rows_of(actor, month or latest_month(actor) or last_closed_month(), scope_code)


def tile_values(actor: Actor, indicator_code: str, month: Month | None = None) -> WardValues:
    """Return an indicator in every ward: two queries, three without a month; ``.tile_map(…)`` draws it.

    Raises:
        UnknownIndicator: when the tree has none of this code.
    """
    indicator = read_indicator(indicator_code)
    return ward_values(actor, indicator, month or latest_month(actor) or last_closed_month())
