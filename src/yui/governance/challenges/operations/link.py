"""Draw an arrow of the logic model, say why it is believed, or take it away."""

from dataclasses import asdict

from yui.governance.challenges.engine.columns import is_forward
from yui.governance.challenges.errors import Backward, EndsWrong, OtherPillar
from yui.governance.challenges.facts import Ends, LinkFacts
from yui.governance.challenges.models import Challenge, Initiative, Link, LinkKind
from yui.governance.challenges.operations.records import Record, visibility_of
from yui.governance.challenges.queries.indicators import column_of_indicator, indicator_named
from yui.governance.challenges.urns import LINK
from yui.kernel.links import urn
from yui.kernel.operations import field_values, operation, record, record_nothing
from yui.kernel.operations.saving import changes_to, save_values
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation


@operation("challenges.link.draw")
def link(actor: Actor, *, organisation: Organisation, ends: Ends, facts: LinkFacts) -> Link:
    """Draw an arrow in the name of an organisation; where it is drawn already, change what it says.

    Raises:
        PermissionRefused: when the actor may not edit for the organisation.
        EndsWrong: when the ends make no arrow, or the actor sees no such challenge or initiative.
        UnknownIndicatorCode: when the tree has no such indicator.
        OtherPillar: when the ends belong to different pillars.
        Backward: when an arrow between indicators does not lead on.
        ValidationError: naming each fact that breaks a rule.
    """
    require(actor, Verb.EDIT, organisation)
    kind, records = _joined(actor, ends)
    columns = {
        "kind": kind,
        "challenge_id": ends.challenge,
        "initiative_id": ends.initiative,
        "source": ends.source,
        "target": ends.target,
    }
    own = Link.objects.owned_by(organisation).filter(**columns)
    known = own.select_for_update().first()
    stored = known or Link(organisation=organisation, **columns)
    values = asdict(facts) | {"visibility": visibility_of(organisation, records)}
    changes = changes_to(stored, values)
    if known and not changes:
        record_nothing("the arrow is as it was")
        return stored
    save_values(stored, values)
    _remember(stored, f"線「{_from(records, ends)} → {_to(records, ends)}」を保存しました。", changes)
    return stored


@operation("challenges.link.remove")
def unlink(actor: Actor, *, link: Link) -> None:
    """Take an arrow away; the ledger keeps what it said.

    Raises:
        PermissionRefused: when the actor may not edit for the organisation that drew it.
    """
    require(actor, Verb.EDIT, link.organisation)
    said = field_values(link, [*LinkFacts.__dataclass_fields__, "source", "target"])
    records = [end for end in (link.challenge, link.initiative) if end]
    ends = Ends(link.challenge_id, link.initiative_id, link.source, link.target)
    summary = f"線「{_from(records, ends)} → {_to(records, ends)}」を消しました。"
    _remember(link, summary, {name: [value, None] for name, value in said.items() if value})
    link.delete()


def _joined(actor: Actor, ends: Ends) -> tuple[LinkKind, list[Record]]:
    """Return what kind of arrow the ends make, and the records at them."""
    shape = (ends.challenge is not None, ends.initiative is not None, bool(ends.source), bool(ends.target))
    if shape == (True, True, False, False):
        challenge, initiative = _challenge(actor, ends), _initiative(actor, ends)
        if initiative.pillar not in challenge.pillars:
            raise OtherPillar
        return LinkKind.ANSWERS, [challenge, initiative]
    if shape == (False, True, False, True):
        initiative = _initiative(actor, ends)
        if indicator_named(ends.target).pillar != initiative.pillar:
            raise OtherPillar
        return LinkKind.MOVES, [initiative]
    if shape == (False, False, True, True):
        source, target = indicator_named(ends.source), indicator_named(ends.target)
        if source.pillar != target.pillar:
            raise OtherPillar
        if not is_forward(column_of_indicator(source), column_of_indicator(target)):
            raise Backward
        return LinkKind.LEADS_TO, []
    raise EndsWrong


def _challenge(actor: Actor, ends: Ends) -> Challenge:
    found = Challenge.objects.visible_to(actor).filter(pk=ends.challenge).first()
    if found is None:
        raise EndsWrong
    return found


def _initiative(actor: Actor, ends: Ends) -> Initiative:
    found = Initiative.objects.visible_to(actor).filter(pk=ends.initiative).first()
    if found is None:
        raise EndsWrong
    return found


def _from(records: list[Record], ends: Ends) -> str:
    return records[0].title if records else ends.source


def _to(records: list[Record], ends: Ends) -> str:
    return ends.target or records[-1].title


def _remember(link: Link, summary: str, changes: dict[str, list[object]]) -> None:
    """Write into the ledger of the organisation that drew the arrow."""
    record(
        link.organisation,
        subject=urn(LINK, link.pk),
        summary=summary,
        changes=changes,
        visibility=link.visibility,
    )
