"""Raise what several wards have in common, and tell all wards of it as a sighting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Count, Max, Min

from yui.kernel.calendar_jp import now, today
from yui.kernel.events.publish import publish
from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation, Visibility
from yui.security.soc.engine.joint.facts import JointAlertFact
from yui.security.soc.engine.triage.excerpt import clean_text
from yui.security.soc.engine.triage.sharing import FEWEST, Share, shared
from yui.security.soc.models import (
    Alert,
    AlertState,
    Entrustment,
    JointAlert,
    JointAlertWard,
    Level,
    Sighting,
)
from yui.security.soc.policies import WHY, joint_body

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = 400


@dataclass(frozen=True)
class _Seen:
    """What one ward saw of the key."""

    ward: Organisation
    first: datetime
    last: datetime
    count: int
    groups: tuple[int, ...]


@operation("soc.joint_alert.raise")
def raise_joint_alert(actor: Actor, *, fact: JointAlertFact) -> JointAlert | None:
    """Store a joint alert, or the later state of one that stands; write the sighting that may be shared.

    An alert is named by kind, value and the beginning of its episode; what is told again changes nothing but
    what grew. Where one that was closed spreads to a further ward, it waits again.

    Args:
        fact: ``engine.joint``'s; each of its ``alert_ids`` is, or ends after a colon with, an event's number.

    Returns None where fewer than two of the fact's wards are known.

    Raises:
        PermissionRefused: when the actor may not edit the joint body's records.
    """
    body = joint_body()
    require(actor, Verb.EDIT, body)
    seen = _seen_by_ward(fact)
    if len(seen) < FEWEST:
        record_nothing("fewer than two of the wards are known here")
        return None
    joint, spread = _store(body, fact, seen)
    _store_wards(joint, seen)
    sighting = _share(body, joint, seen)
    codes = [each.ward.code for each in seen]
    record(
        body,
        subject=urn("soc.joint_alert", joint.pk),
        summary=f"横断検知({joint.key_kind})を{len(codes)}区で確認しました。",
        data={"wards": codes, "spread": spread, "surprise": joint.surprise, "shared": sighting is not None},
    )
    if sighting is not None and spread:
        _tell_wards(body, sighting)
    return joint


def _seen_by_ward(fact: JointAlertFact) -> list[_Seen]:
    """Return what each ward of the fact saw, by its stored alerts; the fact's times where none is."""
    first, last = _moment(fact.first_us), _moment(max(fact.first_us, fact.last_us))
    events = [alert_id.rpartition(":")[2] for alert_id in fact.alert_ids]
    wards = list(Organisation.objects.filter(code__in=fact.wards).order_by("sort_order", "code"))
    stored = Alert.objects.owned_by(*wards).filter(event_id__in=events).order_by()
    known = {
        row["organisation_id"]: row
        for row in stored.values("organisation_id").annotate(
            first=Min("event_at"), last=Max("event_at"), count=Count("pk")
        )
    }
    groups: dict[int, set[int]] = {}
    for owner, group in stored.values_list("organisation_id", "group_id"):
        groups.setdefault(owner, set()).add(group)
    return [
        _Seen(
            ward,
            known.get(ward.pk, {}).get("first", first),
            known.get(ward.pk, {}).get("last", last),
            known.get(ward.pk, {}).get("count", 1),
            tuple(sorted(groups.get(ward.pk, ()))),
        )
        for ward in wards
    ]


def _store(body: Organisation, fact: JointAlertFact, seen: Sequence[_Seen]) -> tuple[JointAlert, bool]:
    """Return the joint alert as it is now, and whether it is new or reaches further wards."""
    name = {
        "organisation": body,
        "key_kind": str(fact.key.kind)[:20],
        "key_value": clean_text(fact.key.value, _LONGEST),
        "first_seen": _moment(fact.first_us),
    }
    values = {
        "level": Level.of_sigma(fact.level),
        "surprise": fact.score,
        "last_seen": _moment(max(fact.first_us, fact.last_us)),
        "ward_count": max(FEWEST, len(seen)),
        "count": max(fact.alerts, FEWEST, len(seen)),
    }
    standing = JointAlert.objects.owned_by(body).select_for_update().filter(**name).first()
    if standing is None:
        return JointAlert.objects.create(**name, **values, detected_at=now()), True
    spread = values["ward_count"] > standing.ward_count
    for field, value in values.items():
        setattr(standing, field, value)
    if spread and standing.state == AlertState.CLOSED:
        standing.state, standing.closed_at = AlertState.NEW, None
        standing.acknowledged_at = standing.assignee = None
        standing.close_reason = standing.close_note = ""
    standing.save()
    return standing, spread


def _store_wards(joint: JointAlert, seen: Sequence[_Seen]) -> None:
    for each in seen:
        JointAlertWard.objects.owned_by(joint.organisation).update_or_create(
            joint_alert=joint,
            ward=each.ward,
            defaults={
                "first_seen": each.first,
                "last_seen": each.last,
                "count": each.count,
                "alert_ids": list(each.groups),
            },
        )


def _share(body: Organisation, joint: JointAlert, seen: Sequence[_Seen]) -> Sighting | None:
    """Write the sighting that the wards' own decisions allow; take it back where none is allowed any more."""
    entrusted = _entrustments(body, [each.ward for each in seen])
    told = shared([_share_of(each, entrusted) for each in seen])
    sightings = Sighting.objects.owned_by(body)
    if told is None:
        sightings.filter(joint_alert=joint).delete()
        return None
    sighting, _new = sightings.update_or_create(
        joint_alert=joint,
        defaults={
            "organisation": body,
            "visibility": Visibility.WARDS,
            "key_kind": joint.key_kind,
            "key_value": joint.key_value,
            "level": joint.level,
            "first_seen": told.first,
            "last_seen": told.last,
            "count": told.alerts,
            "ward_count": told.wards,
        },
    )
    return sighting


def _entrustments(body: Organisation, wards: Sequence[Organisation]) -> dict[int, Entrustment]:
    held = Entrustment.objects.unscoped(WHY).filter(organisation__in=wards, body=body).valid_on(today())
    return {entrustment.organisation_id: entrustment for entrustment in held}


def _share_of(seen: _Seen, entrusted: Mapping[int, Entrustment]) -> Share:
    """Return what a ward brings; a ward that entrusts nothing shares nothing."""
    entrustment = entrusted.get(seen.ward.pk)
    if entrustment is None:
        return Share(seen.first, seen.last, seen.count, shares=False)
    return Share(seen.first, seen.last, seen.count, entrustment.shares_sightings, entrustment.minimum_wards)


def _tell_wards(body: Organisation, sighting: Sighting) -> None:
    publish(
        kind="soc.sighting.share",
        organisation=body,
        subject=urn("soc.sighting", sighting.pk),
        summary=f"目撃情報: {sighting.key_kind} {sighting.key_value}"[:400],
        actor_name=body.name_ja,
        data={},
        visibility=Visibility.WARDS,
    )


def _moment(microseconds: int) -> datetime:
    """Return the moment so many microseconds after 1970, within what a database can hold."""
    limit = 253_402_300_799_000_000
    return _EPOCH + timedelta(microseconds=min(max(microseconds, 0), limit))
