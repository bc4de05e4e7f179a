"""Looking for anomalies in one organisation's lines in the lake."""

from yui.kernel.calendar_jp import Month
from yui.kernel.lake.reading import connection, fetch
from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.anomalies import (
    Finding,
    Place,
    Point,
    finding_of_missing,
    missing_exports,
    runs_of,
    without_repeats,
)
from yui.transition.costs.engine.anomaly_queries import (
    DAILY,
    DAY,
    MONTH,
    MONTHLY,
    Sensitivity,
    accounts_query,
    standing_out_query,
    sums_query,
)
from yui.transition.costs.queries.definition import definition_in_force
from yui.transition.costs.queries.outlook_inputs import charges_of
from yui.transition.costs.queries.rules import rules_of

MONTHS_LOOKED_AT = 12
SUMS = "sums_of_charges"


def find_anomalies(organisation: Organisation) -> list[Finding]:
    """Return what stands out in the last twelve months with bills; for callers that checked access."""
    rules = rules_of(organisation)
    parameters = rules.parameters() | {"one_off": sorted(definition_in_force().one_off)}
    sums = fetch(sums_query(rules), {"lake": charges_of(organisation)}, parameters)
    if not sums.num_rows:
        return []
    # The lines are read once; what follows looks at their sums alone.
    lake = connection()
    lake.register(SUMS, sums)
    billed: dict[Place, dict[int, float]] = {}
    for provider, account, currency, text, amount in lake.execute(accounts_query(SUMS)).fetchall():
        billed.setdefault(Place(provider, account, "", "", currency), {})[Month.parse(text).index] = amount
    newest = max(max(months) for months in billed.values())
    since = newest - MONTHS_LOOKED_AT + 1
    first = _text(since)

    def standing_out(grain: str, by: Sensitivity, start: str) -> list[Finding]:
        rows = lake.execute(standing_out_query(SUMS, grain, by), {"since": start}).fetchall()
        points = [
            Point(Place(provider, account, system, service, currency), period, place, *figures)
            for provider, account, system, service, currency, period, place, *figures in rows
        ]
        return runs_of(points, grain)

    daily = standing_out(DAY, DAILY, f"{first}-01")
    monthly = standing_out(MONTH, MONTHLY, first)
    missing = [
        finding_of_missing(place, _text(start), _text(end), expected, end - start + 1)
        for place, start, end, expected in missing_exports(billed, newest, since)
    ]
    gone = {(each.place.account, month) for each in missing for month in _months(each)}
    kept = [each for each in without_repeats(daily, monthly) if (each.place.account, each.period) not in gone]
    return [*kept, *missing]


def _months(finding: Finding) -> list[str]:
    return [
        str(month) for month in Month.between(Month.parse(finding.period), Month.parse(finding.last_period))
    ]


def _text(index: int) -> str:
    return str(Month(index // 12, index % 12 + 1))
