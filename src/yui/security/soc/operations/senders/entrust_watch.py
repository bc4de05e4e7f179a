"""Entrust the watch over a ward to the joint body."""

from dataclasses import dataclass
from datetime import date

from yui.kernel.calendar_jp import today
from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import Entrustment
from yui.security.soc.operations.senders.errors import AlreadyEntrusted
from yui.security.soc.policies import joint_body


@dataclass(frozen=True)
class EntrustmentFacts:
    """What a ward agrees to; ``minimum_wards`` is the least number of wards that a sighting may tell."""

    valid_from: date
    valid_until: date | None = None
    shares_sightings: bool = True
    minimum_wards: int = 2


@operation("soc.entrustment.begin")
def entrust_watch(actor: Actor, *, ward: Organisation, facts: EntrustmentFacts) -> Entrustment:
    """Let the joint body read the ward's events, work its alerts and run its incidents.

    Raises:
        PermissionRefused: when the actor does not administer the ward.
        AlreadyEntrusted: when the watch is entrusted on one of these days already.
        ValidationError: when the last day lies before the first, or the threshold below two.
    """
    require(actor, Verb.ADMINISTER, ward)
    body = joint_body()
    last = facts.valid_until or date.max
    others = Entrustment.objects.owned_by(ward).filter(body=body).select_for_update()
    for other in others:
        if other.valid_from <= last and facts.valid_from <= (other.valid_until or date.max):
            raise AlreadyEntrusted
    entrustment = Entrustment(
        organisation=ward,
        body=body,
        valid_from=facts.valid_from,
        valid_until=facts.valid_until,
        shares_sightings=facts.shares_sightings,
        minimum_wards=facts.minimum_wards,
    )
    entrustment.full_clean()
    entrustment.save()
    _tell(ward, body, entrustment)
    return entrustment


def _tell(ward: Organisation, body: Organisation, entrustment: Entrustment) -> None:
    record(
        ward,
        subject=urn("soc.entrustment", entrustment.pk),
        summary=f"{body.name_ja}に監視を任せました。",
        changes={
            "valid_from": [None, entrustment.valid_from],
            "valid_until": [None, entrustment.valid_until],
            "shares_sightings": [None, entrustment.shares_sightings],
            "minimum_wards": [None, entrustment.minimum_wards],
        },
    )


@operation("soc.entrustment.share")
def change_sharing(
    actor: Actor, *, entrustment: Entrustment, shares_sightings: bool, minimum_wards: int
) -> None:
    """Change what of the ward is told to others.

    Raises:
        PermissionRefused: when the actor does not administer the ward.
        ValidationError: when the threshold is below two.
    """
    ward = entrustment.organisation
    require(actor, Verb.ADMINISTER, ward)
    stored = Entrustment.objects.owned_by(ward).select_for_update(of=("self",)).get(pk=entrustment.pk)
    changes = {
        "shares_sightings": [stored.shares_sightings, shares_sightings],
        "minimum_wards": [stored.minimum_wards, minimum_wards],
    }
    stored.shares_sightings, stored.minimum_wards = shares_sightings, minimum_wards
    stored.full_clean()
    stored.save()
    record(
        ward,
        subject=urn("soc.entrustment", stored.pk),
        summary="目撃情報の共有のしかたを変えました。",
        changes={name: pair for name, pair in changes.items() if pair[0] != pair[1]},
    )


@operation("soc.entrustment.end")
def end_entrustment(actor: Actor, *, entrustment: Entrustment, last_day: date) -> None:
    """Take the watch back after a day; the joint body sees the ward's records through that day.

    Raises:
        PermissionRefused: when the actor does not administer the ward.
        ValidationError: when the day lies before the first day or before today.
    """
    ward = entrustment.organisation
    require(actor, Verb.ADMINISTER, ward)
    stored = Entrustment.objects.owned_by(ward).select_for_update(of=("self",)).get(pk=entrustment.pk)
    before = stored.valid_until
    stored.valid_until = max(last_day, today())
    stored.full_clean()
    stored.save()
    record(
        ward,
        subject=urn("soc.entrustment", stored.pk),
        summary=f"{stored.body.name_ja}への監視の委任を終えることにしました。",
        changes={"valid_until": [before, stored.valid_until]},
    )
