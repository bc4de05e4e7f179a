"""The moments of incidents as the engine reads them."""

from collections import defaultdict
from collections.abc import Iterable

from yui.security.soc.engine.incidents import Kind, Moment, effective
from yui.security.soc.models import Incident, IncidentMoment

WHY = "the caller read the incidents through visible_to, or works out a figure of all wards"

STORED = ("incident_id", "pk", "round", "kind", "at", "until", "revises_id")

Standing = dict[tuple[int, Kind], Moment]


def plain(moment: IncidentMoment) -> Moment:
    """Return a moment as a plain value."""
    return Moment(moment.pk, moment.round, Kind(moment.kind), moment.at, moment.until, moment.revises_id)


def moments_of(incident: Incident) -> list[IncidentMoment]:
    """Return every moment of the incident, revised ones too, in the order of recording."""
    rows = IncidentMoment.objects.unscoped(WHY).filter(incident=incident).select_related("recorded_by")
    return list(rows)


def standing_of(incident: Incident) -> Standing:
    """Return the moments that stand, by round and kind."""
    return effective(plain(each) for each in moments_of(incident))


def standing_by_incident(keys: Iterable[int]) -> dict[int, Standing]:
    """Return the standing moments of many incidents from one query; one without moments is empty."""
    wanted = list(keys)
    rows: dict[int, list[Moment]] = defaultdict(list)
    # Plain values: figures of months read thousands, and objects of the model cost three times as much.
    read = IncidentMoment.objects.unscoped(WHY).filter(incident_id__in=wanted).order_by("id")
    for incident, pk, number, kind, at, until, revises in read.values_list(*STORED):
        rows[incident].append(Moment(pk, number, Kind(kind), at, until, revises))
    return {key: effective(rows[key]) for key in wanted}
