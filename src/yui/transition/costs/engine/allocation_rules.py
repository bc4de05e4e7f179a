"""What an allocation rule covers, and the weights that its method gives to the receivers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

ALL = Decimal(100)


class Method(StrEnum):
    """How a shared cost is divided."""

    EVEN = "even"
    POPULATION = "population"
    USAGE = "usage"
    WEIGHT = "weight"
    MIXED = "mixed"


class Lacking(StrEnum):
    """Why a version cannot divide the costs of a month."""

    RECEIVERS = "receivers"
    RESIDENTS = "residents"
    QUANTITIES = "quantities"
    WEIGHTS = "weights"
    COMPONENTS = "components"


class BasisMissing(ValueError):
    """A method lacks what it divides by; nothing is estimated in its place.

    Attributes:
        lacking: what is missing.
        receivers: for whom, in the order given; empty where it is missing for all.
    """

    def __init__(self, lacking: Lacking, receivers: Sequence[str] = ()) -> None:
        self.lacking, self.receivers = lacking, tuple(receivers)
        super().__init__(f"{lacking}: {', '.join(self.receivers)}")


@dataclass(frozen=True)
class Component:
    """A part of a mixed method: a method and its percentage of the whole."""

    method: Method
    percent: Decimal


@dataclass(frozen=True)
class Basis:
    """What is known of the receivers in one month.

    Attributes:
        receivers: codes in ascending order; the weights come in the same order.
        weights: agreed weights by code.
        residents: residents by code.
        quantities: measured quantities of the rule's driver by code.
    """

    receivers: tuple[str, ...]
    weights: Mapping[str, Decimal] = field(default_factory=dict)
    residents: Mapping[str, int] = field(default_factory=dict)
    quantities: Mapping[str, Decimal] = field(default_factory=dict)


def weights_of(method: Method, basis: Basis, components: Sequence[Component] = ()) -> tuple[Fraction, ...]:
    """Return the exact weight of each receiver; they add up to 1.

    A receiver without residents or without a quantity (0 is a quantity) makes the whole month undividable:
    his share would otherwise silently fall on the others.

    Raises:
        BasisMissing: when something that the method divides by is missing or adds up to nothing.
    """
    if not basis.receivers:
        raise BasisMissing(Lacking.RECEIVERS)
    if method is not Method.MIXED:
        return _parts(_raw(method, basis), _LACKING[method])
    if not components or sum(component.percent for component in components) != ALL:
        raise BasisMissing(Lacking.COMPONENTS)
    total = [Fraction(0)] * len(basis.receivers)
    for component in components:
        if component.method is Method.MIXED or component.percent < 0:
            raise BasisMissing(Lacking.COMPONENTS)
        if component.percent:
            share = Fraction(component.percent) / Fraction(ALL)
            for index, weight in enumerate(weights_of(component.method, basis)):
                total[index] += share * weight
    return tuple(total)


_LACKING = {
    Method.EVEN: Lacking.RECEIVERS,
    Method.POPULATION: Lacking.RESIDENTS,
    Method.USAGE: Lacking.QUANTITIES,
    Method.WEIGHT: Lacking.WEIGHTS,
}


def _raw(method: Method, basis: Basis) -> list[Fraction]:
    """Return weights of a simple method before they are brought to 1."""
    if method is Method.EVEN:
        return [Fraction(1)] * len(basis.receivers)
    given: dict[Method, Mapping[str, int] | Mapping[str, Decimal]] = {
        Method.POPULATION: basis.residents,
        Method.USAGE: basis.quantities,
        Method.WEIGHT: basis.weights,
    }
    known = given[method]
    missing = [code for code in basis.receivers if code not in known]
    if missing:
        raise BasisMissing(_LACKING[method], missing)
    return [Fraction(known[code]) for code in basis.receivers]


def _parts(raw: Sequence[Fraction], lacking: Lacking) -> tuple[Fraction, ...]:
    """Bring weights to a sum of 1."""
    total = sum(raw, Fraction(0))
    if min(raw) < 0 or total == 0:
        raise BasisMissing(lacking)
    return tuple(weight / total for weight in raw)


@dataclass(frozen=True)
class Coverage:
    """Which costs of an organisation a rule covers; an empty field asks for nothing.

    Of the rules that cover a cost the most particular decides: one that names the account before one that
    does not, then one that names the system, then the provider, then the 経費区分. Two rules of one
    organisation that name the same fields with the same values cannot exist, so there is never a second one
    to decide.
    """

    account: str = ""
    system_code: str = ""
    provider: str = ""
    cost_category: str = ""

    @property
    def rank(self) -> tuple[bool, bool, bool, bool]:
        """How particular the coverage is; the greatest decides."""
        return bool(self.account), bool(self.system_code), bool(self.provider), bool(self.cost_category)

    def covers(self, cost: "Coverage") -> bool:
        """Tell whether a cost, whose fields are all given, is covered."""
        pairs = (
            (self.account, cost.account),
            (self.system_code, cost.system_code),
            (self.provider, cost.provider),
            (self.cost_category, cost.cost_category),
        )
        return all(not asked or asked == given for asked, given in pairs)


Rule = TypeVar("Rule")


def deciding(rules: Iterable[tuple[Coverage, Rule]], cost: Coverage) -> Rule | None:
    """Return the rule that decides on a cost, ``None`` where none covers it."""
    found = [(coverage.rank, rule) for coverage, rule in rules if coverage.covers(cost)]
    return max(found, key=lambda pair: pair[0])[1] if found else None
