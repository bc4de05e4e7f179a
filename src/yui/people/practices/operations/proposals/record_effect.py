"""Record what a proposal that was carried out has changed."""

from yui.kernel.operations import field_changes, operation
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor, PermissionRefused, Verb, allows, require
from yui.people.practices.engine.proposal_deadlines import CONFIRMATION_MONTHS, next_confirmation
from yui.people.practices.engine.proposal_states import Step
from yui.people.practices.models import (
    STAGES_AFTER_ADOPTION,
    EffectPhase,
    Proposal,
    ProposalEffect,
    ProposalStage,
)
from yui.people.practices.operations.proposals.errors import FirstEffectMissing, WrongStage
from yui.people.practices.operations.proposals.facts import EffectFacts
from yui.people.practices.operations.proposals.keeping import locked_proposal, tell
from yui.people.practices.operations.proposals.stepping import move
from yui.people.practices.policies_proposals import is_author, own_organisation

CONFIRMATIONS = (EffectPhase.SIX_MONTHS, EffectPhase.TWELVE_MONTHS)


@operation("practices.proposal.record_effect")
def record_effect(actor: Actor, *, proposal: Proposal, facts: EffectFacts) -> ProposalEffect:
    """Write, or correct, one look at the effect; the first one ends the stage 実施.

    Raises:
        PermissionRefused: for anybody but the ward's secretariat and the authors.
        WrongStage: when the proposal is not in use.
        FirstEffectMissing: for a confirmation before the first measurement.
        ValidationError: naming each figure that breaks a rule.
    """
    stored = locked_proposal(proposal)
    if not (allows(actor, Verb.EDIT, stored.organisation) or is_author(actor, stored)):
        raise PermissionRefused(actor, Verb.EDIT)
    require(actor, Verb.VIEW, own_organisation(actor, stored.organisation))
    if stored.stage not in STAGES_AFTER_ADOPTION:
        raise WrongStage(stored.get_stage_display())
    known = {each.phase: each for each in effects_of(stored)}
    if facts.phase != EffectPhase.FIRST and EffectPhase.FIRST not in known:
        raise FirstEffectMissing
    effect = known.get(facts.phase) or ProposalEffect(proposal=stored)
    changes = field_changes({name: getattr(effect, name) for name in facts.values()}, facts.values())
    for name, value in facts.values().items():
        setattr(effect, name, value)
    effect.recorded_by_id = actor.user_id
    save_checked(effect)
    _set_next_check(stored, known | {facts.phase: effect})
    if stored.stage == ProposalStage.IMPLEMENTED:
        move(actor, stored, Step.MEASURE, is_by_author=is_author(actor, stored))
    else:
        save_checked(stored)
    tell(stored, f"の効果({effect.get_phase_display()})を記録しました。", changes=changes)
    return effect


def effects_of(proposal: Proposal) -> list[ProposalEffect]:
    """Return every look at the effect of a proposal."""
    return list(ProposalEffect.objects.owned_by(proposal.organisation).filter(proposal=proposal))


def _set_next_check(stored: Proposal, known: dict[str, ProposalEffect]) -> None:
    """Set the day of the next confirmation, counted from the first measurement; the last one made counts."""
    made = max((place for place, phase in enumerate(CONFIRMATIONS, start=1) if phase in known), default=0)
    assert len(CONFIRMATIONS) == len(CONFIRMATION_MONTHS)
    stored.next_check_on = next_confirmation(known[EffectPhase.FIRST].measured_on, made)
