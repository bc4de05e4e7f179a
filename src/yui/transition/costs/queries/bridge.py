"""Two periods' bill lines as a bridge, within what the reader may see."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from yui.kernel.calendar_jp import Month, Period
from yui.kernel.lake.evidence import LakeEvidence
from yui.kernel.lake.reading import Source, fetch_rows
from yui.kernel.measures.values import EvidenceColumn
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.bridge import Bridge, Item, ItemKey, Nature, Side, bridge
from yui.transition.costs.engine.bridge_items import (
    KEYS,
    Only,
    item_lines_query,
    item_parameters,
    items_query,
)
from yui.transition.costs.engine.roll_up import Rules
from yui.transition.costs.facts import CHARGES
from yui.transition.costs.queries.bridge_shared import (
    Group,
    shared_groups,
    shared_items,
    shared_sums,
)
from yui.transition.costs.queries.lines import COLUMNS, NOBODY, LinesEvidence, evidence_row, reach_of
from yui.transition.costs.queries.monthly import costs_visible_to
from yui.transition.costs.queries.rates import Rates
from yui.transition.costs.queries.rules import rules_of

KEY_NAMES = ("ward", "system", *(name for name in KEYS if name != "ward"))


@dataclass(frozen=True)
class Span:
    """Months from the first to the last, both included."""

    first: Month
    last: Month

    @property
    def months(self) -> list[str]:
        """The months as ``YYYY-MM``."""
        return [str(month) for month in Month.between(self.first, self.last)]

    @property
    def label(self) -> str:
        """The span for readers: the fiscal year, the month, or both ends."""
        return Period.of_months(self.first, self.last).label


@dataclass(frozen=True)
class Question:
    """What is compared: two spans, and which of the lines that the reader may see."""

    before: Span
    after: Span
    ward: str = ""
    system: str | None = None
    category: str = ""
    metric: str = "billed"
    is_allocated: bool = False
    """Whether shared costs count with those who bear them rather than with those who pay the bill."""

    @property
    def months(self) -> list[str]:
        """The months of both spans."""
        return [*self.before.months, *self.after.months]

    @property
    def only(self) -> Only:
        """The lines that the filters of the page let through; the ward is chosen with the files."""
        values = {} if self.system is None else {"system": self.system}
        return Only(values | ({"category": self.category} if self.category else {}))


@dataclass(frozen=True)
class Answer:
    """The bridge, or the (currency, month) pairs whose rate it lacks: then there is none."""

    bridge: Bridge | None
    missing: tuple[str, ...] = ()
    rows: int = 0


@dataclass
class _Found:
    """The sides of the items, as they are read."""

    sides: dict[ItemKey, list[Side | None]] = field(default_factory=dict)
    names: dict[ItemKey, str] = field(default_factory=dict)
    missing: set[tuple[str, str]] = field(default_factory=set)
    rows: int = 0


def bridge_for(actor: Actor, question: Question) -> Answer:
    """Return the bridge between the spans of ``question`` over all lines that ``actor`` may see."""
    found, rates, reach = _Found(), Rates.load().by_currency_and_month, reach_of(actor)
    groups = shared_groups(question.months) if question.is_allocated else frozenset()
    for place, span in enumerate((question.before, question.after)):
        for rules, codes in _by_rules(actor, question, span):
            query = items_query(rules, question.metric, question.only)
            parameters = item_parameters(rules, rates, span.months, question.only, groups)
            source = Source(CHARGES, reach, organisations=codes, months=span.months)
            for row in fetch_rows(query, {"lake": source}, parameters):
                _note(found, row, place)
    shared = _shared(actor, question, groups, rates, found) if groups else []
    if found.missing:
        missing = tuple(f"{currency} {month}" for currency, month in sorted(found.missing))
        return Answer(None, missing, found.rows)
    items = [Item(key, sides[0], sides[1], found.names[key]) for key, sides in found.sides.items()]
    return Answer(bridge([*items, *shared]), (), found.rows + len(shared))


def _shared(
    actor: Actor,
    question: Question,
    groups: frozenset[Group],
    rates: dict[tuple[str, str], Decimal],
    found: _Found,
) -> list[Item]:
    """Return the items of shared sums that the filters of the page let through."""
    sums = [
        shared_sums(actor, groups, span.months, question.metric) for span in (question.before, question.after)
    ]
    items, missing = shared_items(sums[0], sums[1], rates)
    found.missing |= missing
    wanted = {"system": question.system, "ward": question.ward or None, "category": question.category or None}
    return [
        item
        for item in items
        if all(value is None or getattr(item.key, name) == value for name, value in wanted.items())
    ]


def _by_rules(actor: Actor, question: Question, span: Span) -> Iterator[tuple[Rules, list[str]]]:
    """Yield the organisations with costs in the span, those with the same system mappings together."""
    costs = costs_visible_to(
        actor,
        organisations=[question.ward] if question.ward else None,
        first_month=str(span.first),
        last_month=str(span.last),
    )
    keys = set(costs.order_by().values_list("organisation_id", flat=True).distinct())
    grouped: dict[str, tuple[Rules, list[str]]] = {}
    for organisation in Organisation.objects.filter(pk__in=keys):
        rules = rules_of(organisation)
        grouped.setdefault(repr(rules), (rules, []))[1].append(organisation.code)
    yield from grouped.values()


def _note(found: _Found, row: Sequence[Any], place: int) -> None:
    """Add one item of one period to what was found."""
    names, figures = row[: len(KEY_NAMES)], row[len(KEY_NAMES) :]
    values = dict(zip(KEY_NAMES, names, strict=True))
    key = ItemKey(**values | {"nature": Nature(values["nature"])})
    name, amount, weight, weighted, yen, quantity, months, lacking, rows = figures
    found.rows += rows
    found.missing |= {(key.currency, month) for month in lacking or ()}
    if lacking:
        return
    rate = Fraction(weighted) / Fraction(weight) if weight else Fraction(1)
    found.sides.setdefault(key, [None, None])[place] = Side(yen, amount, rate, quantity, months, rows=rows)
    found.names[key] = name or found.names.get(key, "")


def only_of(key: ItemKey) -> Only:
    """Return the condition that holds for the lines of one item (the ward is chosen with the files)."""
    return Only({name: str(getattr(key, name)) for name in KEY_NAMES if name != "ward"})


def lines_of_item(ward: Organisation, span: Span, key: ItemKey) -> LinesEvidence:
    """Return the lines behind one item in one span; who reads them sees those within reach."""
    rules, only = rules_of(ward), only_of(key)
    return LakeEvidence(
        sql=item_lines_query(rules, [name for name, _title in COLUMNS], only),
        source=Source(CHARGES, NOBODY, organisations=[ward.code], months=span.months),
        columns=tuple(EvidenceColumn(name, title) for name, title in COLUMNS),
        row=evidence_row,
        parameters={**rules.parameters(), **only.parameters()},
        reach=reach_of,
    )


def key_from(values: Mapping[str, str]) -> ItemKey | None:
    """Read an item's key from an address; ``None`` for what is no key."""
    found = {name: values.get(name, "") for name in KEY_NAMES}
    if found["nature"] not in set(Nature):
        return None
    return ItemKey(**found | {"nature": Nature(found["nature"])})  # type: ignore[arg-type]


def key_values(key: ItemKey) -> dict[str, str]:
    """Return an item's key as the parameters of an address."""
    return {name: str(getattr(key, name)) for name in KEY_NAMES if getattr(key, name)}
