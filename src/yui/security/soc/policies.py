"""Who may do what in the SOC: the ward with its own records, and the joint body that watches for it."""

from yui.kernel.calendar_jp import today
from yui.kernel.policy import Actor, PermissionRefused, Verb, allows, require
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import Entrustment, SavedHunt, watched_by

BODY_CODE = "JB-SOC"
"""The joint body that keeps rules, rota and joint alerts (``organisations.official_codes``)."""

WHY = "entrustments tell who watches for whom"


def joint_body() -> Organisation:
    """Return the 共同CSIRT/SOC."""
    return Organisation.objects.get(code=BODY_CODE)


def watching_bodies(ward: Organisation) -> list[Organisation]:
    """Return the joint bodies to which a ward entrusts its watch today."""
    entrustments = Entrustment.objects.unscoped(WHY).filter(organisation=ward).valid_on(today())
    return [entrustment.body for entrustment in entrustments.select_related("body")]


def may(actor: Actor, verb: Verb, ward: Organisation) -> bool:
    """Return whether the actor may do ``verb`` with the ward's alerts and incidents."""
    return allows(actor, verb, ward) or any(allows(actor, verb, body) for body in watching_bodies(ward))


def require_watch(actor: Actor, verb: Verb, ward: Organisation) -> None:
    """Let the running operation go on only if the actor may do ``verb`` for the ward.

    Raises:
        PermissionRefused: when no role in the ward, nor in a body that watches it, grants the verb.
    """
    if allows(actor, verb, ward):
        require(actor, verb, ward)
        return
    for body in watching_bodies(ward):
        if allows(actor, verb, body):
            require(actor, verb, body)
            return
    raise PermissionRefused(actor, verb)


def readable_wards(actor: Actor) -> list[Organisation]:
    """Return the wards whose events, alerts and incidents the actor may read, in official order."""
    wards = Organisation.objects.active()
    if actor.is_system:
        return list(wards)
    return list(wards.filter(pk__in=actor.organisation_ids) | wards.filter(pk__in=watched_by(actor)))


def readable_codes(actor: Actor) -> frozenset[str]:
    """Return the codes of ``readable_wards``, as the lake's ``Reach`` wants them."""
    return frozenset(ward.code for ward in readable_wards(actor))


def is_analyst(actor: Actor) -> bool:
    """Return whether the actor works for the joint body: rules, rota and joint alerts are changed there."""
    return allows(actor, Verb.EDIT, joint_body())


def may_change_hunt(actor: Actor, hunt: SavedHunt) -> bool:
    """Return whether the actor may change a saved hunt: its owner, and of shared ones every editor."""
    is_own = hunt.owner_id == actor.user_id
    return (is_own or not hunt.is_private) and allows(actor, Verb.EDIT, hunt.organisation)


def may_remove_hunt(actor: Actor, hunt: SavedHunt) -> bool:
    """Return whether the actor may remove a saved hunt: its owner, and of shared ones an administrator."""
    if hunt.owner_id == actor.user_id:
        return allows(actor, Verb.EDIT, hunt.organisation)
    return not hunt.is_private and allows(actor, Verb.ADMINISTER, hunt.organisation)


def require_hunt_change(actor: Actor, hunt: SavedHunt) -> None:
    """Let the running operation go on only if the actor may change the hunt.

    Raises:
        PermissionRefused: when not.
    """
    if not may_change_hunt(actor, hunt):
        raise PermissionRefused(actor, Verb.EDIT)
    require(actor, Verb.EDIT, hunt.organisation)


def require_hunt_removal(actor: Actor, hunt: SavedHunt) -> None:
    """Let the running operation go on only if the actor may remove the hunt.

    Raises:
        PermissionRefused: when not.
    """
    if not may_remove_hunt(actor, hunt):
        raise PermissionRefused(actor, Verb.ADMINISTER)
    require(actor, Verb.EDIT, hunt.organisation)
