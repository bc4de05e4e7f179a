"""What happened lately, as far as a reader may see it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone

from yui.kernel.calendar_jp import TOKYO
from yui.kernel.events.models import Event
from yui.kernel.links import UnknownKind, kind_and_id, resolve
from yui.kernel.policy import Actor

LOOK_BACK = timedelta(days=31)
# When colleagues come and go is for auditors in the ledger, not for everybody's front page.
OF_THE_PERSON_ALONE = (
    "organisations.session.",
    "organisations.second_factor.",
    "organisations.password.",
)


@dataclass(frozen=True)
class Happening:
    """One event with the address of what it is about (empty where there is none to open).

    ``times`` says how many alike ones in a row it stands for, of which it is the newest.
    """

    at: datetime
    summary: str
    actor_name: str
    organisation_name: str
    url: str
    is_new: bool = False
    times: int = 1


@dataclass(frozen=True)
class Day:
    """The happenings of one day, newest first."""

    day: date
    happenings: tuple[Happening, ...]


def events_for(actor: Actor, *, own_only: bool) -> QuerySet[Event]:
    """Return what is news for ``actor``, of all times; ``own_only`` keeps own organisations."""
    events = Event.objects.visible_to(actor)
    for kind in OF_THE_PERSON_ALONE:
        events = events.exclude(kind__startswith=kind)
    if own_only:
        events = events.filter(organisation_id__in=sorted(actor.organisation_ids))
    return events


def happenings(
    actor: Actor, *, limit: int = 30, own_only: bool = False, read_up_to: datetime | None = None
) -> list[Happening]:
    """Return the newest events that ``actor`` may see: one query, and one per kind of record for the links.

    Args:
        actor: the reader.
        limit: how many at most.
        own_only: keep the events of the reader's own organisations.
        read_up_to: what others did after this moment is marked as new; without it nothing is.
    """
    events = events_for(actor, own_only=own_only).filter(at__gte=timezone.now() - LOOK_BACK)
    found = list(events.select_related("organisation").order_by("-id")[:limit])
    links = resolve({event.subject for event in found if _is_urn(event.subject)}, actor)
    return [
        Happening(
            at=event.at,
            summary=event.summary,
            actor_name=event.actor_name,
            organisation_name=event.organisation.name,
            url=links[event.subject].url if event.subject in links else "",
            is_new=read_up_to is not None and event.at > read_up_to and event.actor_name != actor.name,
        )
        for event in found
    ]


def joined(found: Sequence[Happening]) -> list[Happening]:
    """Return the happenings with those of one day that say the same of the same thing in a row as one."""
    runs = groupby(found, key=lambda one: (one.summary, one.organisation_name, one.url, _day_of(one)))
    whole = [list(run) for _alike, run in runs]
    return [
        replace(run[0], times=len(run), is_new=any(one.is_new for one in run)) if len(run) > 1 else run[0]
        for run in whole
    ]


def by_day(found: Sequence[Happening]) -> list[Day]:
    """Return the happenings day by day."""
    return [Day(day, tuple(items)) for day, items in groupby(found, key=_day_of)]


def _day_of(happening: Happening) -> date:
    return happening.at.astimezone(TOKYO).date()


def _is_urn(text: str) -> bool:
    try:
        kind_and_id(text)
    except UnknownKind:
        return False
    return True
