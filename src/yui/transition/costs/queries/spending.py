"""Bill lines by the 年度 that they belong to, within what the reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from yui.kernel.calendar_jp import FiscalYear, Month, settlement_period
from yui.kernel.lake.evidence import LakeEvidence
from yui.kernel.lake.reading import Source, fetch_rows
from yui.kernel.measures.values import EvidenceColumn
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.roll_up import Rules
from yui.transition.costs.engine.spending import Behind, behind_lines_query, groups_of, spent_query
from yui.transition.costs.facts import CHARGES
from yui.transition.costs.queries.lines import COLUMNS, NOBODY, LinesEvidence, evidence_row, reach_of
from yui.transition.costs.queries.rates import Rates, YenSum
from yui.transition.costs.queries.rules import rules_of


@dataclass
class Spent:
    """What was spent of one group: the whole, and the part paid in the 出納整理期間."""

    whole: YenSum = field(default_factory=YenSum)
    settled_late: YenSum = field(default_factory=YenSum)


def months_of(year: FiscalYear) -> list[str]:
    """Return the months in which a fiscal year's payments are booked: April to May of the next year."""
    return [str(month) for month in [*year.months, *settlement_period(year).months]]


def spent_by_system(
    actor: Actor, ward: Organisation, year: FiscalYear
) -> tuple[dict[tuple[str, ...], Spent], str]:
    """Return what was spent by (system, category), and the newest month of the year with a bill."""
    rules = rules_of(ward)
    return _spent(actor, ward, year, rules, groups_of(rules))


def spent_by_contract(actor: Actor, ward: Organisation, year: FiscalYear) -> dict[tuple[str, ...], Spent]:
    """Return what was spent by contract number; lines without one are left out."""
    groups = {"contract": "coalesce(line.x_contract_number, '')"}
    found = _spent(actor, ward, year, Rules(), groups)[0]
    return {key: spent for key, spent in found.items() if key[0]}


def _spent(
    actor: Actor, ward: Organisation, year: FiscalYear, rules: Rules, groups: dict[str, str]
) -> tuple[dict[tuple[str, ...], Spent], str]:
    behind = Behind(fiscal_year=str(year))
    source = Source(CHARGES, reach_of(actor), organisations=[ward.code], months=months_of(year))
    rows = fetch_rows(
        spent_query(rules, groups, behind), {"lake": source}, {**rules.parameters(), **behind.parameters()}
    )
    return _by_group(rows, len(groups), year)


def _by_group(
    rows: Iterable[tuple[Any, ...]], width: int, year: FiscalYear
) -> tuple[dict[tuple[str, ...], Spent], str]:
    """Add up rows of (groups, currency, month, amount, lines)."""
    rates, last = Rates.load(months_of(year)), str(year.months[-1])
    found: dict[tuple[str, ...], Spent] = {}
    newest = ""
    for row in rows:
        currency, month, amount, lines = row[width:]
        spent = found.setdefault(tuple(row[:width]), Spent())
        rates.add(spent.whole, Decimal(amount), currency, month, lines)
        if month > last:
            rates.add(spent.settled_late, Decimal(amount), currency, month, lines)
        newest = max(newest, min(month, last))
    return found, newest


def lines_behind(ward: Organisation, behind: Behind, months: list[str] | None) -> LinesEvidence:
    """Return the lines behind a figure of one organisation; who reads them sees those within reach."""
    rules = rules_of(ward)
    return LakeEvidence(
        sql=behind_lines_query(rules, [name for name, _title in COLUMNS], behind),
        source=Source(CHARGES, NOBODY, organisations=[ward.code], months=months),
        columns=tuple(EvidenceColumn(name, title) for name, title in COLUMNS),
        row=evidence_row,
        parameters={**rules.parameters(), **behind.parameters()},
        reach=reach_of,
    )


def covered_months(year: FiscalYear, newest: str) -> int:
    """Return how many months of the year the bills cover: up to the newest one with a bill."""
    if not newest:
        return 0
    return min(max(Month.parse(newest).index - year.months[0].index + 1, 0), 12)
