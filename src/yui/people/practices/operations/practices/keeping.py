"""How operations read, write and report practices."""

from collections.abc import Collection, Mapping
from typing import Any

from yui.kernel.links import urn
from yui.kernel.operations import field_changes, record
from yui.kernel.operations.saving import save_checked
from yui.kernel.scope.models import Visibility
from yui.people.practices.models import Practice, PracticeEffect, PracticeVersion, VersionStage
from yui.people.practices.operations.practices.errors import (
    AudienceNarrowed,
    NothingUnderWork,
    PracticeChangedMeanwhile,
    ResultFixed,
)
from yui.people.practices.operations.practices.facts import EffectFacts, HeaderFacts, WordingFacts

WIDTH = {Visibility.OWN: 0, Visibility.PARTICIPANTS: 1, Visibility.WARDS: 2}


READER = "職員"
"""How events name one who thanks or follows."""


def practice_urn(practice: Practice) -> str:
    """Return the practice's URN."""
    return urn("practices.practice", practice.pk)


def locked(practice: Practice) -> Practice:
    """Return the practice as it is stored, locked until the operation ends."""
    stored: Practice = (
        Practice.objects.owned_by(practice.organisation)
        .select_for_update(of=("self",))
        .select_related("organisation", "department", "current")
        .get(pk=practice.pk)
    )
    return stored


def under_work(practice: Practice) -> PracticeVersion | None:
    """Return the version that is being written or reviewed, if there is one."""
    versions = PracticeVersion.objects.owned_by(practice.organisation).filter(practice=practice)
    found: PracticeVersion | None = versions.exclude(stage=VersionStage.PUBLISHED).first()
    return found


def require_under_work(practice: Practice) -> PracticeVersion:
    """Return the version that is being written or reviewed.

    Raises:
        NothingUnderWork: when there is none.
    """
    version = under_work(practice)
    if version is None:
        raise NothingUnderWork
    return version


def require_revision(practice: Practice, revision: int | None) -> None:
    """Refuse to save over what somebody else saved since ``revision``; None overwrites.

    Raises:
        PracticeChangedMeanwhile: carrying the count that stands now.
    """
    if revision is not None and revision != practice.revision:
        raise PracticeChangedMeanwhile(practice.revision)


def write_wording(version: PracticeVersion, wording: WordingFacts) -> dict[str, list[Any]]:
    """Give an unpublished version its text and figures; return what changed."""
    before = {name: getattr(version, name) for name in wording.values()}
    for name, value in wording.values().items():
        setattr(version, name, value)
    save_checked(version)
    changes = field_changes(before, wording.values())
    if (figures := write_effects(version, wording.effects)) is not None:
        changes["effects"] = figures
    return changes


def write_effects(version: PracticeVersion, effects: Collection[EffectFacts]) -> list[Any] | None:
    """Give a version exactly these figures; return what stood and what stands, None where nothing changed."""
    stored = PracticeEffect.objects.owned_by(version.practice.organisation).filter(version=version)
    before = [EffectFacts.of(effect) for effect in stored]
    if before == list(effects):
        return None
    stored.delete()
    for position, effect in enumerate(effects, start=1):
        save_checked(PracticeEffect(version=version, position=position, **effect.values()))
    return [_told(before), _told(effects)]


def _told(effects: Collection[EffectFacts]) -> str:
    return " / ".join(f"{each.name} {each.before}→{each.after}" for each in effects)


def write_header(practice: Practice, header: HeaderFacts) -> dict[str, list[Any]]:
    """Give a practice what is said about it beside its text, without saving its columns.

    Raises:
        AudienceNarrowed: when others read it already and some were to lose it.
        ResultFixed: when they were told another result.
    """
    before = HeaderFacts.of(practice)
    if practice.registered_at is not None:
        _refuse_after_publication(before, header)
    changes = field_changes(before.values(), header.values())
    for name, value in header.values().items():
        setattr(practice, name, value)
    if practice.visibility != Visibility.OWN:
        practice.visibility = header.audience
    for name in ("areas", "systems", "participants"):
        old, new = getattr(before, name), getattr(header, name)
        if old != new:
            getattr(practice, name).remove(*(old - new))
            getattr(practice, name).add(*(new - old))
            changes[name] = [sorted(map(str, old)), sorted(map(str, new))]
    return changes


def _refuse_after_publication(before: HeaderFacts, after: HeaderFacts) -> None:
    old, new = Visibility(before.audience), Visibility(after.audience)
    if before.kind != after.kind:
        raise ResultFixed
    loses = WIDTH[new] < WIDTH[old]
    drops = new is Visibility.PARTICIPANTS and not before.participants <= after.participants
    if loses or drops:
        raise AudienceNarrowed


def tell(
    practice: Practice,
    sentence: str,
    *,
    changes: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
    by_reader: bool = False,
) -> None:
    """Record what the running operation did in the ledger of the practice's ward.

    What a reader does for himself (``by_reader``) is no news for others: the event names nobody.
    """
    shared = practice.visibility == Visibility.WARDS and not by_reader
    record(
        practice.organisation,
        subject=practice_urn(practice),
        summary=f"事例「{practice.title}」{sentence}",
        changes=changes,
        data=data,
        visibility=Visibility.WARDS if shared else Visibility.OWN,
        shown_as=READER if by_reader else "",
    )
