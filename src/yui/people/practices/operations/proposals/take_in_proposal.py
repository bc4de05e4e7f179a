"""Take a proposal over from another register."""

from dataclasses import replace

from yui.kernel.calendar_jp import FiscalYear, today
from yui.kernel.operations import operation, record_nothing
from yui.kernel.operations.saving import save_checked, save_values
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.people.practices.models import Proposal, ProposalStep, StepKind
from yui.people.practices.operations.proposals.draft_proposal import require_own_lists
from yui.people.practices.operations.proposals.facts import PastProposal
from yui.people.practices.operations.proposals.keeping import tell
from yui.people.practices.operations.proposals.numbering import next_serial, number_text
from yui.people.practices.operations.proposals.stepping import write_step

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"


@operation("practices.proposal.take_in")
def take_in_proposal(actor: Actor, *, organisation: Organisation, past: PastProposal) -> str:
    """Write, or correct, a proposal that another register holds; its key makes it one record however often.

    Nothing is made up: what the register does not know stays empty, and no deadline runs. A record on which
    Yui has gone on working keeps its stage and its decision.

    Returns:
        ``created``, ``updated`` or ``unchanged``.

    Raises:
        PermissionRefused: when the actor may not take files in for the organisation.
        ValidationError: naming each fact that breaks a rule.
    """
    require(actor, Verb.IMPORT, organisation)
    require_own_lists(past.facts, organisation)
    known = (
        Proposal.objects.owned_by(organisation)
        .select_for_update(of=("self",))
        .filter(source_key=past.source_key)
        .first()
    )
    if known is None:
        _create(actor, organisation, past)
        return CREATED
    if _is_worked_on(known):
        past = replace(past, stage=known.stage, outcome=known.outcome)
    values = _values(past)
    if _is_worked_on(known):
        for name in ("decision_reason", "decided_on", "implemented_on"):
            values.pop(name)
    changes = {
        name: [str(getattr(known, name)), str(value)]
        for name, value in values.items()
        if getattr(known, name) != value
    }
    if not changes:
        record_nothing("the row says what the record says")
        return UNCHANGED
    save_values(known, {**values, "revision": known.revision + 1})
    tell(known, "を過去の記録に合わせて直しました。", changes=changes)
    return UPDATED


def _values(past: PastProposal) -> dict[str, object]:
    """Return the fields that a row of the register sets; the audience stays what it is."""
    facts = past.facts.values()
    facts.pop("visibility")
    return facts | {
        "stage": past.stage,
        "outcome": past.outcome,
        "decision_reason": past.decision_reason,
        "submitted_on": past.submitted_on,
        "decided_on": past.decided_on,
        "implemented_on": past.implemented_on,
    }


def _create(actor: Actor, organisation: Organisation, past: PastProposal) -> None:
    year = FiscalYear(past.fiscal_year)
    serial = next_serial(organisation, year)
    proposal = Proposal(
        organisation=organisation,
        visibility=past.facts.visibility,
        source_key=past.source_key,
        number=number_text(year, organisation, serial),
        fiscal_year=year.year,
        serial=serial,
        entered_on=past.implemented_on or past.decided_on or past.submitted_on or today(),
        **_values(past),
    )
    save_checked(proposal)
    write_step(actor, proposal, StepKind.TAKE_IN)
    tell(proposal, "を過去の記録から取り込みました。")


def _is_worked_on(proposal: Proposal) -> bool:
    """Return whether the record has gone on in Yui since it was taken in."""
    steps = ProposalStep.objects.owned_by(proposal.organisation).filter(proposal=proposal)
    return bool(steps.exclude(kind=StepKind.TAKE_IN).exists())
