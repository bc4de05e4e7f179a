"""What a reader sees of one anomaly: the series around it, the others of its cause, the lines behind it."""

from dataclasses import dataclass

from yui.kernel.calendar_jp import Month
from yui.kernel.lake.reading import Source, fetch_rows
from yui.kernel.policy import Actor
from yui.transition.costs.engine.anomaly_queries import DAY, charges_query
from yui.transition.costs.facts import CHARGES
from yui.transition.costs.models import AnomalyKind, CostAnomaly
from yui.transition.costs.queries.definition import definition_in_force
from yui.transition.costs.queries.lines import reach_of
from yui.transition.costs.queries.rules import rules_of

MONTHS_BEFORE, MONTHS_AFTER = 18, 3
DAYS_BEFORE, DAYS_AFTER = 28, 10
SHOWN = 50


@dataclass(frozen=True)
class Amount:
    """What one period was billed; ``None`` where the account has no bill at all."""

    period: str
    amount: float | None


def course_of(actor: Actor, anomaly: CostAnomaly) -> list[Amount]:
    """Return the amounts around an anomaly by day or month, as far as ``actor`` may see the lines."""
    rules = rules_of(anomaly.organisation)
    is_daily = anomaly.grain == DAY
    before, after = (1, 1) if is_daily else (MONTHS_BEFORE, MONTHS_AFTER)
    centre, end = Month.parse(anomaly.month), Month.parse(anomaly.last_period[:7])
    months = [str(month) for month in Month.between(centre.shift(-before), end.shift(after))]
    source = Source(CHARGES, reach_of(actor), organisations=[anomaly.organisation.code], months=months)
    is_series = "system_code = $system AND service = $service"
    if anomaly.kind == AnomalyKind.MISSING:
        is_series = "$system = $system AND $service = $service"
    query = (
        f"SELECT {anomaly.grain} AS period, "  # noqa: S608 — the grain is one of two constants
        f"coalesce(sum(billed) FILTER (WHERE {is_series} AND currency = $currency), 0) "
        f"FROM ({charges_query(rules)}) WHERE account = $account AND provider = $provider "
        f"{'AND is_daily' if is_daily else ''} GROUP BY ALL ORDER BY ALL"
    )
    parameters = {
        **rules.parameters(),
        "system": anomaly.system_code,
        "service": anomaly.service,
        "currency": anomaly.currency,
        "account": anomaly.account,
        "provider": anomaly.provider,
        "one_off": sorted(definition_in_force().one_off),
    }
    found = [
        Amount(period, float(amount)) for period, amount in fetch_rows(query, {"lake": source}, parameters)
    ]
    if is_daily:
        return _around(found, anomaly)
    if not found:
        return found
    known = {each.period: each for each in found}
    last = max(max(known), anomaly.last_period)
    return [
        known.get(str(month), Amount(str(month), None))
        for month in Month.between(Month.parse(min(known)), Month.parse(last))
    ]


def _around(days: list[Amount], anomaly: CostAnomaly) -> list[Amount]:
    """Return the days a little before and after an anomaly."""
    first = next((place for place, each in enumerate(days) if each.period >= anomaly.period), 0)
    last = max((place for place, each in enumerate(days) if each.period <= anomaly.last_period), default=0)
    return days[max(0, first - DAYS_BEFORE) : last + DAYS_AFTER + 1]


def same_cause(actor: Actor, anomaly: CostAnomaly) -> list[CostAnomaly]:
    """Return the other anomalies of the same cause that ``actor`` may see, in any system and organisation."""
    others = CostAnomaly.objects.visible_to(actor).filter(cause=anomaly.cause).exclude(pk=anomaly.pk)
    return list(others.select_related("organisation").order_by("organisation__sort_order", "pk")[:SHOWN])
