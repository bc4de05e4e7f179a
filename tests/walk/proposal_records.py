"""Improvement proposals of a ward: under review, in use with its effect, and a draft of the officer."""

from datetime import date

from yui.kernel.calendar_jp import FiscalYear
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.actors import actor_of
from yui.organisations.models import User
from yui.people.practices.operations.proposals import (
    begin_review,
    decide_proposal,
    draft_proposal,
    freeze_baseline,
    give_opinion,
    implement_proposal,
    prepare_decision,
    record_effect,
    set_categories,
    submit_proposal,
)
from yui.people.practices.operations.proposals.facts import EffectFacts, ProposalFacts

ADDRESSES = {
    "api:get_proposal.proposal_id": "proposal",
    "practices:proposal.pk": "proposal",
    "practices:proposal-edit.pk": "proposal_draft",
    "practices:proposal-effect.pk": "proposal_in_use",
    "practices:proposal-handle.pk": "proposal",
    "practices:proposal-opinion.pk": "proposal",
}
"""Parameters of addresses that name a record, with the key of the record."""


def make_proposal_records(
    ward: Organisation, secret: str, officer: User, actor: Actor
) -> dict[str, int | str]:
    """Make the proposals; a colleague hands in what the officer handles."""
    author = actor_of(User.objects.get(username=f"colleague-{ward.code}"))
    handler = actor_of(officer)
    set_categories(actor, organisation=ward, names=[f"{secret}分類"])
    facts = {"kind": "idea", "present": f"{secret}の現状", "idea": f"{secret}の案"}
    made = [
        draft_proposal(author, organisation=ward, facts=ProposalFacts(title=f"{secret}提案{number}", **facts))
        for number in (1, 2)
    ]
    for proposal in made:
        submit_proposal(author, proposal=proposal)
        begin_review(handler, proposal=proposal)
    give_opinion(handler, proposal=made[0], kind="panel", words=f"{secret}の意見")
    prepare_decision(handler, proposal=made[0], outcome="adopted", reason=f"{secret}の理由")
    decide_proposal(actor, proposal=made[1], outcome="adopted", reason=f"{secret}の理由")
    implement_proposal(actor, proposal=made[1], implemented_on=date(2026, 5, 1))
    measured = {"phase": "first", "grade": "measured", "measured_on": date(2026, 5, 20)}
    effect = EffectFacts(yen_yearly=1000, method=f"{secret}の測り方", **measured)
    record_effect(actor, proposal=made[1], facts=effect)
    freeze_baseline(
        actor, ward=ward, kind="idea", fiscal_year=FiscalYear(2025), count=10, source_note="架空の実績"
    )
    draft = draft_proposal(handler, organisation=ward, facts=ProposalFacts(title=f"{secret}下書き", **facts))
    return {"proposal": made[0].pk, "proposal_in_use": made[1].pk, "proposal_draft": draft.pk}
