"""What the verbs of the room share: locked records, URNs, how one is saved, whom its arrows are shown to."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db.models import Q

from yui.governance.challenges.errors import OtherKeeper
from yui.governance.challenges.models import Challenge, Initiative, Link
from yui.governance.challenges.urns import CHALLENGE, INITIATIVE
from yui.kernel.links import urn
from yui.kernel.operations import record as remember
from yui.kernel.operations import record_nothing
from yui.kernel.operations.saving import changes_to, save_values
from yui.kernel.scope.models import Organisation, Visibility

Record = Challenge | Initiative
R = TypeVar("R", bound=Challenge | Initiative)
Changes = Mapping[str, list[Any]]


def urn_of(record: Record) -> str:
    """Return the URN of a challenge or an initiative."""
    return urn(CHALLENGE if isinstance(record, Challenge) else INITIATIVE, record.pk)


def locked(record: R) -> R:
    """Return the record as it is stored, held until the transaction ends."""
    rows = type(record).objects.owned_by(record.organisation)
    found: R = rows.select_for_update().select_related("organisation").get(pk=record.pk)
    return found


def demand_keeper(record: Record | None, organisation: Organisation) -> None:
    """Let an organisation change only what it keeps itself.

    Raises:
        OtherKeeper: when the record belongs to another organisation.
    """
    if record is not None and record.organisation_id != organisation.pk:
        raise OtherKeeper


def save_record(
    stored: R, values: Mapping[str, Any], *, noun: str, demand: Callable[[R, Changes], None]
) -> R:
    """Give a challenge or an initiative its values, with what follows for its arrows, and record it.

    Args:
        stored: the record as it is stored and locked, or a new one.
        values: all that was stated, by field.
        noun: how the ledger names the kind of record.
        demand: refuses changes that may not be; it is asked only where something changes.

    Raises:
        ValidationError: naming each value that breaks a rule.
    """
    is_new = stored.pk is None
    changes = changes_to(stored, values)
    if not changes:
        record_nothing("the record is as it was")
        return stored
    demand(stored, changes)
    save_values(stored, values)
    if "visibility" in changes and not is_new:
        settle_links(stored)
    remember(
        stored.organisation,
        subject=urn_of(stored),
        summary=f"{noun}「{stored.title}」を保存しました。",
        changes=changes,
        visibility=stored.visibility,
    )
    return stored


def links_of(record: Record) -> Q:
    """Return the condition for the arrows that begin or end at a record."""
    return Q(challenge=record) if isinstance(record, Challenge) else Q(initiative=record)


def settle_links(record: Record) -> None:
    """Show the arrows that the record's keeper drew at it to those who see both of its ends."""
    own = Link.objects.owned_by(record.organisation).filter(links_of(record))
    for each in own.select_related("challenge", "initiative", "organisation"):
        shown_to = visibility_of(each.organisation, [end for end in (each.challenge, each.initiative) if end])
        if each.visibility != shown_to:
            each.visibility = shown_to
            each.save(update_fields=["visibility", "updated_at"])


def visibility_of(keeper: Organisation, ends: list[Record]) -> str:
    """Return whom an arrow is shown to: all wards if all see its ends, and it is the keeper's to draw.

    An arrow that a ward draws between things of others is its own thought, and stays its own.
    """
    is_all_wards = all(end.visibility == Visibility.WARDS for end in ends)
    is_own_to_draw = not keeper.is_ward or any(end.organisation_id == keeper.pk for end in ends)
    return Visibility.WARDS if is_all_wards and is_own_to_draw else Visibility.OWN
