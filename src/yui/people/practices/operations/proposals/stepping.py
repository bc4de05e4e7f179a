"""How a proposal moves from stage to stage: the rule, the deadline, and the line that remains."""

from typing import Any

from yui.kernel.calendar_jp import now, today
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.people.practices.engine.proposal_deadlines import due_on
from yui.people.practices.engine.proposal_states import (
    NEEDS_WORDS,
    Stage,
    Step,
    StepNotAllowed,
    next_stage,
    outcome_after,
)
from yui.people.practices.models import Proposal, ProposalStep, StagePeriod, StepKind
from yui.people.practices.operations.proposals.errors import WordsNeeded, WrongStage


def days_of(organisation: Organisation) -> dict[Stage, int]:
    """Return the business days that the organisation has set for stages."""
    periods = StagePeriod.objects.owned_by(organisation).values_list("stage", "business_days")
    return {Stage(stage): days for stage, days in periods}


def move(
    actor: Actor,
    stored: Proposal,
    step: Step,
    words: str = "",
    *,
    is_by_author: bool = False,
    **values: Any,
) -> None:
    """Take a step with a locked proposal: change the stage and its deadline, save, and write the line.

    Args:
        words: why, or what there is to say; some steps demand it.
        values: further fields that change with the step.

    Raises:
        WrongStage: when the step does not start where the proposal stands.
        WordsNeeded: when a step that needs a reason has none.
        ValidationError: when the record would break a rule.
    """
    words = words.strip()
    try:
        stage = next_stage(Stage(stored.stage), step)
    except StepNotAllowed as error:
        raise WrongStage(stored.get_stage_display()) from error
    if step in NEEDS_WORDS and not words:
        raise WordsNeeded
    day = today()
    stored.stage = stage.value
    stored.outcome = outcome_after(stored.outcome, step)
    stored.entered_on = day
    stored.due_on = due_on(stage, day, days_of(stored.organisation))
    for name, value in values.items():
        setattr(stored, name, value)
    save_checked(stored)
    write_step(actor, stored, StepKind(step.value), words, is_by_author=is_by_author)


def write_step(
    actor: Actor, stored: Proposal, kind: StepKind, words: str = "", *, is_by_author: bool = False
) -> None:
    """Write one line of the proposal's way."""
    ProposalStep.objects.create(
        proposal=stored,
        kind=kind,
        stage=stored.stage,
        words=words,
        by_id=actor.user_id,
        is_by_author=is_by_author,
        at=now(),
    )
