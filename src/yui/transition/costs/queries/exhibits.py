"""The evidence of a petition: a question with all its parameters, and the exhibit that answers it.

Whoever reads an exhibit sees the same: it tells the joint figures of all wards, with small groups joined, and
of single wards only the one that the petition comes from.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from yui.kernel.calendar_jp import Month
from yui.kernel.money import format_yen, round_half_up, whole_yen
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.kernel.statistics.stability import RULE_VERSION
from yui.transition.costs.engine.multiplier import RULE
from yui.transition.costs.engine.query_hash import canonical, hash_of, hash_of_number
from yui.transition.costs.formats.petition import Drawing, Exhibit, Number, Table
from yui.transition.costs.models import ExhibitKind
from yui.transition.costs.queries.definition import definition_in_force, definition_of
from yui.transition.costs.queries.multipliers import MultiplierReport, multiplier_report
from yui.transition.costs.queries.stability import RatioReport, ratio_report

READER = Actor.system("petition")
BILLED, CONSTANT = "billed", "constant"
RATES = (BILLED, CONSTANT)
RULES = {ExhibitKind.RATIO.value: RULE_VERSION}


def question_for(kind: str, *, owner: Organisation, until: Month, rates: str) -> dict[str, Any]:
    """Return what a piece of evidence asks, with everything that its answer depends on but the records."""
    return {
        "kind": kind,
        "rule": RULES.get(kind, RULE),
        "definition": definition_in_force().version,
        "until": str(until),
        "rates": rates,
        "owner": owner.code,
    }


@dataclass(frozen=True)
class Sources:
    """The reports that the exhibits of one petition share, each worked out at most once."""

    owner: Organisation
    until: Month
    rates: str
    version: int

    @cached_property
    def multipliers(self) -> MultiplierReport:
        """The change of costs around the migration."""
        return multiplier_report(
            READER,
            self.until,
            is_constant=self.rates == CONSTANT,
            definition=definition_of(self.version),
            only=frozenset({self.owner.pk}),
        )

    @cached_property
    def ratio(self) -> RatioReport:
        """The ratio of all wards together."""
        return ratio_report(self.until, definition=definition_of(self.version))


class SourceShelf:
    """Hands out sources, the same for questions that share their parameters."""

    def __init__(self, owner: Organisation) -> None:
        self._owner = owner
        self._known: dict[tuple[str, str, int], Sources] = {}

    def for_question(self, question: Mapping[str, Any]) -> Sources:
        """Return the sources of a question."""
        key = (question["until"], question["rates"], int(question["definition"]))
        if key not in self._known:
            self._known[key] = Sources(self._owner, Month.parse(key[0]), key[1], key[2])
        return self._known[key]


@dataclass(frozen=True)
class Answer:
    """What a builder makes of its sources."""

    finding: str
    figures: tuple[Number, ...]
    drawing: Drawing | None = None
    table: Table | None = None
    notes: tuple[str, ...] = ()


Builder = Callable[[Sources, Mapping[str, Any]], Answer]


def exhibit_of(
    number: int, question: Mapping[str, Any], shelf: SourceShelf, builders: Mapping[str, Builder]
) -> Exhibit:
    """Return the answer to a question as exhibit ``number``."""
    kind = ExhibitKind(question["kind"])
    answer = builders[kind.value](shelf.for_question(question), question)
    return Exhibit(
        number=number,
        kind=kind.value,
        title=str(kind.label),
        finding=answer.finding,
        figures=answer.figures,
        drawing=answer.drawing,
        table=answer.table,
        notes=answer.notes,
        question=canonical(question),
        query_hash=hash_of(question),
    )


@dataclass(frozen=True)
class Numbers:
    """Makes the numbers of one question; ``None`` becomes a number without a value."""

    question: Mapping[str, Any]
    no_data: str

    def yen(self, cell: str, label: str, amount: Decimal | int | None) -> Number:
        """Return an amount in whole yen."""
        whole = None if amount is None else whole_yen(Decimal(amount))
        return self._made(cell, label, whole, "" if whole is None else format_yen(whole), "円")

    def exact(
        self, cell: str, label: str, value: Decimal | int | float | None, *, unit: str, places: int
    ) -> Number:
        """Return a number rounded to so many places, written with its unit."""
        rounded = None if value is None else round_half_up(Decimal(str(value)), places)
        text = "" if rounded is None else f"{rounded:,f}{unit}".replace("-", "−")
        return self._made(cell, label, rounded, text, unit)

    def _made(self, cell: str, label: str, value: Decimal | int | None, text: str, unit: str) -> Number:
        return Number(
            cell=cell,
            label=label,
            value="" if value is None else str(value),
            text=text or self.no_data,
            unit=unit,
            query_hash=hash_of_number(self.question, cell),
        )
