"""What belongs to no system yet, by the values that a rule could look at."""

from dataclasses import dataclass
from decimal import Decimal

from yui.kernel.lake.reading import Source, fetch_rows
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.rows import exact_text
from yui.transition.costs.facts import CHARGES
from yui.transition.costs.models import MatchColumn, MonthlyCost
from yui.transition.costs.queries.lines import reach_of
from yui.transition.costs.queries.rules import rules_of

SHOWN = 30
ASKED = (MatchColumn.TAG_APPLICATION, MatchColumn.TAG_BUSINESS, MatchColumn.SUB_ACCOUNT, MatchColumn.SERVICE)


@dataclass(frozen=True)
class UnmappedValue:
    """Lines of one organisation that no rule fits, and the first of their values that a rule could name."""

    organisation: Organisation
    column: MatchColumn
    value: str
    currency: str
    billed: Decimal
    rows: int

    @property
    def text(self) -> str:
        """The billed amount in plain notation without idle zeros."""
        return exact_text(self.billed)


def unmapped_values(actor: Actor) -> list[UnmappedValue]:
    """Return the costliest values without a system in the actor's own organisations, newest month only."""
    found: list[UnmappedValue] = []
    for organisation in Organisation.objects.filter(pk__in=actor.organisation_ids):
        unmapped = MonthlyCost.objects.owned_by(organisation).filter(system_code="")
        month = unmapped.order_by("-month").values_list("month", flat=True).first()
        if month:
            found += _of_month(actor, organisation, month)
    return found


def _of_month(actor: Actor, organisation: Organisation, month: str) -> list[UnmappedValue]:
    rules = rules_of(organisation)
    name = "CASE " + " ".join(f"WHEN \"{c.value}\" IS NOT NULL THEN '{c.value}'" for c in ASKED) + " END"
    value = "coalesce(" + ", ".join(f'"{column.value}"' for column in ASKED) + ")"
    query = (
        f"SELECT {name}, {value}, BillingCurrency, sum(BilledCost), count(*) FROM {{lake}} AS line "  # noqa: S608
        f"{rules.joins()} WHERE {rules.system()} = '' AND {value} IS NOT NULL "
        f"GROUP BY ALL ORDER BY 4 DESC, 1, 2 LIMIT {SHOWN}"
    )
    source = Source(CHARGES, reach_of(actor), organisations=[organisation.code], months=[month])
    return [
        UnmappedValue(organisation, MatchColumn(column), text, currency, billed, rows)
        for column, text, currency, billed, rows in fetch_rows(query, {"lake": source}, rules.parameters())
    ]
