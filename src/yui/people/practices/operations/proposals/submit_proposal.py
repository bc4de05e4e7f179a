"""Hand a proposal in."""

from yui.kernel.calendar_jp import FiscalYear, today
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.people.practices.engine.proposal_states import Step
from yui.people.practices.models import Proposal
from yui.people.practices.operations.proposals.errors import NotComplete
from yui.people.practices.operations.proposals.keeping import locked_proposal, tell
from yui.people.practices.operations.proposals.numbering import next_serial, number_text
from yui.people.practices.operations.proposals.stepping import move
from yui.people.practices.policies_proposals import require_part


@operation("practices.proposal.submit")
def submit_proposal(actor: Actor, *, proposal: Proposal, words: str = "") -> None:
    """Hand in a draft, which gives it its number, or a returned proposal, which keeps it.

    Raises:
        PermissionRefused: for anybody but an author.
        NotComplete: when the present state or the idea is not written down.
        WrongStage: when it has been handed in.
    """
    stored = locked_proposal(proposal)
    require_part(actor, stored)
    if not (stored.present.strip() and stored.idea.strip()):
        raise NotComplete
    values = {}
    if not stored.number:
        year = FiscalYear.of(today())
        serial = next_serial(stored.organisation, year)
        values = {
            "number": number_text(year, stored.organisation, serial),
            "fiscal_year": year.year,
            "serial": serial,
            "submitted_on": today(),
        }
    move(actor, stored, Step.SUBMIT, words, is_by_author=True, **values)
    tell(stored, "を提出しました。", by_author=True)
