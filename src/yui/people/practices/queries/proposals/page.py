"""What the page of one proposal shows to one reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from yui.kernel.links import NextStep, next_steps
from yui.kernel.policy import Actor
from yui.kernel.search.public import similar
from yui.kernel.search.results import SearchHit
from yui.people.practices.engine.proposal_states import OPEN_TO_VOTES, Stage, Step, steps_from
from yui.people.practices.models import (
    AuthorState,
    Proposal,
    ProposalAuthor,
    ProposalEffect,
    ProposalOpinion,
)
from yui.people.practices.policies_proposals import (
    is_author,
    may_decide,
    may_give_opinion,
    may_handle,
    may_read_opinions,
    takes_part,
)
from yui.people.practices.queries.proposals.way import StripStage, WayLine, lines_of, steps_of, strip_of

LIKE = ("practices.proposal", "practices.practice", "commons.question")


@dataclass(frozen=True)
class ProposalPage:
    """A proposal with its parts, as far as the reader may see them, and what he or she may do."""

    proposal: Proposal
    authors: Sequence[ProposalAuthor]
    strip: Sequence[StripStage]
    lines: Sequence[WayLine]
    opinions: Sequence[ProposalOpinion]
    effects: Sequence[ProposalEffect]
    merged: Sequence[Proposal]
    merged_into: Proposal | None
    like: Sequence[SearchHit]
    next_steps: Sequence[NextStep]
    is_author: bool
    is_invited: bool
    may_edit: bool
    may_withdraw: bool
    may_vote: bool
    may_handle: bool
    may_decide: bool
    may_give_opinion: bool
    may_record_effect: bool

    @property
    def named_authors(self) -> list[ProposalAuthor]:
        """The authors who have agreed to be named."""
        return [author for author in self.authors if author.state == AuthorState.ACCEPTED]

    @property
    def asked(self) -> list[ProposalAuthor]:
        """The people whose answer is waited for; shown to authors."""
        return [author for author in self.authors if author.state == AuthorState.INVITED]


def like_text(actor: Actor, text: str, *, exclude: Sequence[str] = ()) -> tuple[SearchHit, ...]:
    """Return what the actor may see and what is like a text: proposals, practices and questions."""
    return similar(actor, text, kinds=LIKE, limit=5, exclude=exclude) if text.strip() else ()


def merged_into(actor: Actor, proposal: Proposal) -> Proposal | None:
    """Return the proposal into which one was merged, None where the actor does not see it."""
    if proposal.merged_into_id is None:
        return None
    found: Proposal | None = Proposal.objects.visible_to(actor).filter(pk=proposal.merged_into_id).first()
    return found


def page_of(actor: Actor, proposal: Proposal, urn: str) -> ProposalPage:
    """Return the page of a proposal that the actor may see."""
    steps = steps_of(actor, proposal)
    stage = Stage(proposal.stage)
    possible = steps_from(stage)
    own = is_author(actor, proposal)
    authors = ProposalAuthor.objects.visible_to(actor).filter(proposal=proposal)
    opinions = ProposalOpinion.objects.visible_to(actor).filter(proposal=proposal).select_related("by")
    effects = ProposalEffect.objects.visible_to(actor).filter(proposal=proposal)
    shown = list(authors.exclude(state=AuthorState.DECLINED).select_related("user", "organisation"))
    handles = may_handle(actor, proposal)
    return ProposalPage(
        proposal=proposal,
        authors=shown,
        strip=strip_of(proposal, steps),
        lines=lines_of(actor, proposal, steps),
        opinions=list(opinions) if may_read_opinions(actor, proposal) else [],
        effects=list(effects),
        merged_into=merged_into(actor, proposal),
        merged=list(Proposal.objects.visible_to(actor).filter(merged_into=proposal)),
        like=like_text(actor, f"{proposal.title}\n{proposal.present}\n{proposal.idea}", exclude=[urn]),
        next_steps=next_steps("practices.proposal") if proposal.outcome in ("adopted", "partly") else (),
        is_author=own,
        is_invited=any(a.user_id == actor.user_id and a.state == AuthorState.INVITED for a in shown),
        may_edit=own and Step.SUBMIT in possible,
        may_withdraw=own and Step.WITHDRAW in possible,
        may_vote=stage in OPEN_TO_VOTES and actor.user_id is not None and not takes_part(actor, proposal),
        may_handle=handles and bool(proposal.number),
        may_decide=may_decide(actor, proposal),
        may_give_opinion=stage is Stage.REVIEW and may_give_opinion(actor, proposal),
        may_record_effect=stage in (Stage.IMPLEMENTED, Stage.MEASURED, Stage.SPREAD) and (own or handles),
    )
