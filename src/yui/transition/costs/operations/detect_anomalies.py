"""Looking for amounts that are not what their own past made expect."""

from collections.abc import Sequence
from decimal import Decimal

from yui.kernel.links import urn
from yui.kernel.money import whole_yen
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, PermissionRefused, Verb, allows, require
from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.anomalies import Finding
from yui.transition.costs.models import AnomalyState, CostAnomaly
from yui.transition.costs.queries.anomaly_search import find_anomalies
from yui.transition.costs.queries.outlook_inputs import last_known_rates

YEN_PLACES, FOREIGN_PLACES = Decimal(1), Decimal("0.01")
RENEWED = (
    "kind",
    "last_period",
    "expected",
    "usual_spread",
    "actual",
    "score",
    "impact_yen",
    "cause",
    "state",
)


def detect_anomalies(actor: Actor, organisation: Organisation) -> int:
    """Look for anomalies and keep what is new; return how many are new or changed.

    The same anomaly is kept once. What nobody decided on follows the bills: it is renewed, cleared when a
    correction took it away, and opened again when it comes back. What somebody decided on stays as it is.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's records.
    """
    if not allows(actor, Verb.EDIT, organisation):
        raise PermissionRefused(actor, Verb.EDIT)
    return _keep(actor, organisation=organisation, findings=find_anomalies(organisation))


@operation("costs.anomaly.detect")
def _keep(actor: Actor, *, organisation: Organisation, findings: Sequence[Finding]) -> int:
    require(actor, Verb.EDIT, organisation)
    known = {
        each.fingerprint: each for each in CostAnomaly.objects.owned_by(organisation).select_for_update()
    }
    rates = last_known_rates()
    fresh, renewed, seen = [], [], set()
    for finding in findings:
        found = _as_record(organisation, finding, rates)
        seen.add(found.fingerprint)
        stored = known.get(found.fingerprint)
        if stored is None:
            fresh.append(found)
        elif stored.state in (AnomalyState.OPEN, AnomalyState.CLEARED) and _take_over(stored, found):
            renewed.append(stored)
    cleared = [
        each for each in known.values() if each.state == AnomalyState.OPEN and each.fingerprint not in seen
    ]
    for each in cleared:
        each.state = AnomalyState.CLEARED
    if not fresh and not renewed and not cleared:
        record_nothing("nothing new stands out")
        return 0
    CostAnomaly.objects.bulk_create(fresh, batch_size=200)
    CostAnomaly.objects.owned_by(organisation).bulk_update([*renewed, *cleared], RENEWED, batch_size=200)
    record(
        organisation,
        subject=urn("costs.anomalies", organisation.code),
        summary=f"コストの気になる増減を調べました(新しい {len(fresh)}件、解消 {len(cleared)}件)",
        data={"new": len(fresh), "renewed": len(renewed), "cleared": len(cleared)},
    )
    return len(fresh) + len(renewed) + len(cleared)


def _take_over(stored: CostAnomaly, found: CostAnomaly) -> bool:
    """Renew an undecided anomaly; tell whether anything changed."""
    before = [getattr(stored, name) for name in RENEWED]
    for name in RENEWED:
        setattr(stored, name, getattr(found, name))
    return before != [getattr(stored, name) for name in RENEWED]


def _as_record(
    organisation: Organisation, finding: Finding, rates: dict[str, tuple[str, Decimal]]
) -> CostAnomaly:
    place = finding.place
    places = YEN_PLACES if place.currency == "JPY" else FOREIGN_PLACES
    expected, spread, actual = (
        Decimal(value).quantize(places) for value in (finding.expected, finding.deviation, finding.actual)
    )
    rate = rates.get(place.currency)
    return CostAnomaly(
        organisation=organisation,
        fingerprint=finding.fingerprint(organisation.code),
        kind=finding.kind,
        grain=finding.grain,
        period=finding.period,
        last_period=finding.last_period,
        provider=place.provider[:200],
        account=place.account[:400],
        system_code=place.system[:80],
        service=place.service[:400],
        currency=place.currency,
        expected=str(expected),
        usual_spread=str(spread),
        actual=str(actual),
        score=Decimal(finding.score).quantize(Decimal("0.1")),
        impact_yen=None if rate is None else whole_yen((actual - expected) * rate[1]),
        cause=finding.cause[:900],
    )
