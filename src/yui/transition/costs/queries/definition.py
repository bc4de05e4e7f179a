"""The definition of 対歳出比率 in force."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from yui.kernel.calendar_jp import Month, today
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.models import ExchangeRate, RatioDefinition

REASON = "the definition decides figures of all wards, whoever reads them"
YEARS_TO_STABILISE = 3


@dataclass(frozen=True)
class Definition:
    """What is counted, at which rates, and against which level; ``version`` 0 stands for none approved."""

    version: int
    categories: frozenset[str]
    one_off: frozenset[str]
    base_rates: tuple[tuple[str, Decimal], ...] = ()
    base_fiscal_year: int | None = None
    agreed_level: Decimal | None = None
    completed_on: date | None = None

    @property
    def is_approved(self) -> bool:
        """Whether it was approved, and not merely assumed."""
        return self.version > 0

    @property
    def running(self) -> frozenset[str]:
        """The categories that are left without one-off costs."""
        return self.categories - self.one_off

    @property
    def deadline(self) -> Month | None:
        """The month by which the ratio is to be stable: three years after T0."""
        if self.completed_on is None:
            return None
        return Month.of(self.completed_on).shift(12 * YEARS_TO_STABILISE)


NOTHING_APPROVED = Definition(0, frozenset(CostCategory.values), frozenset({CostCategory.MIGRATION.value}))
"""What counts while nothing is approved: every category, the latest rates as base, no level."""


def definition_in_force() -> Definition:
    """Return the newest approved definition whose first month has begun.

    One definition counts for the whole series: when a new one comes into force, every month is worked out
    anew by it, so that no two points of a curve are counted differently.
    """
    found = (
        RatioDefinition.objects.unscoped(REASON)
        .filter(approved_at__isnull=False, valid_from__lte=str(Month.of(today())))
        .order_by("-version")
        .first()
    )
    return as_definition(found) if found else replace(NOTHING_APPROVED, base_rates=_latest_rates())


def _latest_rates() -> tuple[tuple[str, Decimal], ...]:
    """Return the latest known rate of each currency: constant for the whole curve, and no decision."""
    rates = ExchangeRate.objects.order_by("month").values_list("currency", "yen_per_unit")
    return tuple(sorted(dict(rates).items()))


def definition_of(version: int) -> Definition:
    """Return an approved definition by its number; without one of that number, what counts unapproved."""
    records = RatioDefinition.objects.unscoped(REASON).filter(approved_at__isnull=False, version=version)
    found = records.first()
    return as_definition(found) if found else NOTHING_APPROVED


def as_definition(record: RatioDefinition) -> Definition:
    """Return the definition that a record holds."""
    return Definition(
        version=record.version,
        categories=frozenset(record.categories),
        one_off=frozenset(record.one_off_categories),
        base_rates=tuple(sorted(record.rates().items())),
        base_fiscal_year=record.base_fiscal_year,
        agreed_level=record.agreed_level,
        completed_on=record.completed_on,
    )
