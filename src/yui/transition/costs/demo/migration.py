"""架空データ: how costs change with the migration, and the definition by which the ratio is judged."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from yui.kernel.calendar_jp import Month
from yui.kernel.demonstration import Demonstration
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, OrganisationKind
from yui.registry.public import migration_states, system_codes_by_area
from yui.transition.costs.demo.pricing import MADE_UP
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.models import CompletionRule, ExchangeRate, RatioDefinition
from yui.transition.costs.operations.approve_definition import approve_definition
from yui.transition.costs.operations.define_ratio import RatioFields, define_ratio

CUT_OFF = date(2026, 3, 31)
"""T0 of the made-up definition: the day by which the law asks for migration."""
LEVEL = Decimal("3.0000")
NO_FACTOR = Decimal(1)


@dataclass(frozen=True)
class Uplift:
    """When a system was migrated, by how much it costs more since, and the one-off cost in monthly costs."""

    month: Month
    factor: Decimal
    one_off: Decimal


def migrated_systems(demo: Demonstration) -> dict[str, dict[str, Month]]:
    """Return the month of migration of each migrated system, by ward and system code."""
    codes = system_codes_by_area(demo.actor)
    found: dict[str, dict[str, Month]] = {}
    for each in migration_states(demo.actor, demo.last_month.last_day):
        if each.is_migrated and each.since is not None:
            months = found.setdefault(each.organisation_code, {})
            for code in codes.get((each.organisation_code, each.area_code), ()):
                months[code] = Month.of(each.since)
    return found


def uplifts(migrated: dict[str, Month], random: Random) -> dict[str, Uplift]:
    """Return what the migration did to each migrated system of a ward: 0.9 to 2.8 times, by ward."""
    centre = random.choice([0.95, 1.2, 1.3, 1.4, 1.5, 1.5, 1.6, 1.7, 1.8, 2.0, 2.2, 2.6])
    found = {}
    for code, month in sorted(migrated.items()):
        factor = Decimal(round(100 * centre * random.uniform(0.9, 1.1))) / 100
        found[code] = Uplift(month, factor, Decimal(random.randint(2, 6)))
    return found


def factor_of(changes: dict[str, Uplift], system: str, month: Month) -> Decimal:
    """Return by how much a system's costs of a month are raised."""
    change = changes.get(system)
    return change.factor if change and month > change.month else NO_FACTOR


def seed_definition(demo: Demonstration) -> None:
    """Propose and approve the first definition of the ratio; a second run finds it there."""
    body = Organisation.objects.active().filter(kind=OrganisationKind.JOINT_BODY).first()
    if body is None or RatioDefinition.objects.unscoped("seeding once").exists():
        return
    first = demo.first_month
    rate = ExchangeRate.objects.filter(currency="USD", month=str(first)).first()
    made = define_ratio(
        Actor.system(f"{MADE_UP}:提案"),
        organisation=body,
        fields=RatioFields(
            valid_from=first,
            statement=f"{MADE_UP}:請求と支出台帳にある、情報システムの運用に使う経費。人件費は数えません。",
            categories=CostCategory.values,
            one_off_categories=[CostCategory.MIGRATION.value],
            base_fiscal_year=first.fiscal_year.year,
            base_rates={"USD": rate.yen_per_unit} if rate else {},
            agreed_level=LEVEL,
            completed_on=CUT_OFF,
            completion_rule=CompletionRule.CUT_OFF.value,
        ),
    )
    approve_definition(Actor.system(f"{MADE_UP}:承認"), definition=made)
