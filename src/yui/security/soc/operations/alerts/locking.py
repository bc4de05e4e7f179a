"""Reads the alerts that a step is about, locked, and after the check that the actor may work them."""

from collections.abc import Sequence

from yui.kernel.policy import Actor, Verb
from yui.security.soc.engine.triage.excerpt import clean_text
from yui.security.soc.models import AlertGroup, AlertState
from yui.security.soc.operations.alerts.errors import (
    ChangedHands,
    ClosedMeanwhile,
    NoSuchAlert,
    NothingChosen,
    TooLong,
    TooManyChosen,
)
from yui.security.soc.policies import require_watch

MOST_AT_ONCE = 200
"""Records of one step; each gets an entry in its ward's ledger."""


def hands_of(group: AlertGroup) -> str:
    """Return in whose hands a group is, as a page keeps it for the next step."""
    return f"{group.state}:{group.assignee_id or ''}"


def locked_groups(actor: Actor, keys: Sequence[int]) -> list[AlertGroup]:
    """Return these groups in the order of their keys, locked until the step ends.

    Args:
        actor: who acts; must be allowed to edit in each ward concerned.
        keys: primary keys; what the actor may not see does not exist for him.

    Raises:
        NothingChosen, TooManyChosen, NoSuchAlert: when the choice is none, too much, or not there.
        PermissionRefused: when the actor may not work the alerts of one of the wards.
    """
    wanted = sorted(set(keys))
    if not wanted:
        raise NothingChosen
    if len(wanted) > MOST_AT_ONCE:
        raise TooManyChosen(MOST_AT_ONCE)
    visible = AlertGroup.objects.visible_to(actor).filter(pk__in=wanted).order_by("pk")
    # The lock is taken on the groups alone: outer joins and the condition's subquery cannot be locked.
    found = list(visible.select_related("organisation").select_for_update(of=("self",)))
    if len(found) != len(wanted):
        raise NoSuchAlert
    for ward in {group.organisation_id: group.organisation for group in found}.values():
        require_watch(actor, Verb.EDIT, ward)
    return found


def require_open(groups: Sequence[AlertGroup], hands: str = "") -> None:
    """Let a step go on only with open groups that are in the hands that the page showed.

    Args:
        hands: ``hands_of`` as the page was drawn, for a step on one group; empty: no check.

    Raises:
        ClosedMeanwhile: when somebody closed one, with name and time.
        ChangedHands: when another person has it by now.
    """
    for group in groups:
        if group.state == AlertState.CLOSED:
            raise ClosedMeanwhile(group.title, str(group.closed_by or "Yui"), group.closed_at)
        if hands and hands != hands_of(group):
            raise ChangedHands(group.title, str(group.assignee or "—"))


def bounded(text: str, longest: int) -> str:
    """Return what somebody wrote, without spaces around it and without what no database stores.

    Raises:
        TooLong: when it has more than ``longest`` characters.
    """
    words = text.strip()
    if len(words) > longest:
        raise TooLong(longest)
    return clean_text(words, longest)
