"""Who may do what with good practices, beyond seeing (which the scope decides).

Telling of a practice, thanking, following, reviewing and beginning an adoption are open to every member.
A text is changed by the person who wrote it and by those who may edit for the ward.
"""

from collections.abc import Iterable

from yui.kernel.policy import Actor, PermissionRefused, Verb, allows, require
from yui.kernel.scope.models import Organisation, Visibility
from yui.people.practices.models import Adoption, Practice


def may_write(actor: Actor, practice: Practice) -> bool:
    """Tell whether the actor may change the practice: who wrote it, or who edits for its ward."""
    return allows(actor, Verb.EDIT, practice.organisation) or _is_own(
        actor, practice.author_id, practice.organisation
    )


def require_write(actor: Actor, practice: Practice) -> None:
    """Let the running operation go on only if the actor may change the practice.

    Raises:
        PermissionRefused: when he neither wrote it nor edits for its ward.
    """
    _require_own(actor, practice.author_id, practice.organisation)


def may_lead(actor: Actor, adoption: Adoption) -> bool:
    """Tell whether the actor may record how an adoption goes: who began it, or who edits for the ward."""
    return allows(actor, Verb.EDIT, adoption.ward) or _is_own(actor, adoption.begun_by_id, adoption.ward)


def require_lead(actor: Actor, adoption: Adoption) -> None:
    """Let the running operation go on only if the actor may record how an adoption goes.

    Raises:
        PermissionRefused: when he neither began it nor edits for the ward.
    """
    _require_own(actor, adoption.begun_by_id, adoption.ward)


def wards_of(actor: Actor) -> list[Organisation]:
    """Return the wards to which the actor belongs, in official order."""
    return list(Organisation.objects.wards().filter(pk__in=actor.organisation_ids))


def own_bodies(actor: Actor) -> list[Organisation]:
    """Return the organisations in whose name the actor may tell of a practice: wards first."""
    bodies = Organisation.objects.active().filter(pk__in=actor.organisation_ids)
    return sorted(bodies, key=lambda body: not body.is_ward)


def in_sight(organisation: Organisation, practice: Practice, chosen: Iterable[int]) -> bool:
    """Tell whether the practice is meant for an organisation; ``chosen`` are the keys of those named."""
    if practice.audience == Visibility.WARDS:
        return True
    return practice.audience == Visibility.PARTICIPANTS and organisation.pk in chosen


def reviewing_wards(actor: Actor, practice: Practice) -> list[Organisation]:
    """Return the wards for which the actor may review the practice; nobody reviews the own ward's."""
    if practice.organisation_id in actor.organisation_ids:
        return []
    return _in_sight_of(actor, practice)


def adopting_wards(actor: Actor, practice: Practice) -> list[Organisation]:
    """Return the actor's wards that may take the practice over."""
    return [ward for ward in _in_sight_of(actor, practice) if ward.pk != practice.organisation_id]


def _in_sight_of(actor: Actor, practice: Practice) -> list[Organisation]:
    chosen = set(practice.participants.values_list("pk", flat=True))
    return [ward for ward in wards_of(actor) if in_sight(ward, practice, chosen)]


def _is_own(actor: Actor, person: int | None, organisation: Organisation) -> bool:
    return person is not None and person == actor.user_id and organisation.pk in actor.organisation_ids


def _require_own(actor: Actor, person: int | None, organisation: Organisation) -> None:
    if allows(actor, Verb.EDIT, organisation):
        require(actor, Verb.EDIT, organisation)
    elif _is_own(actor, person, organisation):
        require(actor, Verb.VIEW, organisation)
    else:
        raise PermissionRefused(actor, Verb.EDIT)
