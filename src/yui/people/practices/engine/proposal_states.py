"""The life of an improvement proposal: which step leads from which stage to which.

The stages and the rule that a refusal states its reason are common to the proposal rules of Japanese cities
(職員提案規程): 起案 → 受付 → 検討 → 採用・一部採用・不採用・差戻し → 実施 → 効果測定 → 横展開.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Stage(StrEnum):
    """Where a proposal stands."""

    DRAFT = "draft"
    RECEIVED = "received"
    REVIEW = "review"
    RETURNED = "returned"
    ADOPTED = "adopted"
    PARTLY = "partly"
    REJECTED = "rejected"
    IMPLEMENTED = "implemented"
    MEASURED = "measured"
    SPREAD = "spread"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Step(StrEnum):
    """What moves a proposal on."""

    SUBMIT = "submit"
    REVIEW = "review"
    RETURN = "return"
    ADOPT = "adopt"
    ADOPT_PARTLY = "adopt_partly"
    REJECT = "reject"
    IMPLEMENT = "implement"
    MEASURE = "measure"
    SPREAD = "spread"
    WITHDRAW = "withdraw"
    MERGE = "merge"


class StepNotAllowed(ValueError):
    """The step does not start from the stage."""

    def __init__(self, stage: Stage, step: Step) -> None:
        super().__init__(f"{step} does not start from {stage}")
        self.stage = stage
        self.step = step


UNDECIDED = frozenset({Stage.DRAFT, Stage.RECEIVED, Stage.REVIEW, Stage.RETURNED})
OPEN_TO_VOTES = frozenset({Stage.RECEIVED, Stage.REVIEW, Stage.RETURNED})
ENDED = frozenset({Stage.REJECTED, Stage.SPREAD, Stage.WITHDRAWN, Stage.MERGED})
DECISIONS: Mapping[Step, Stage] = MappingProxyType(
    {Step.ADOPT: Stage.ADOPTED, Step.ADOPT_PARTLY: Stage.PARTLY, Step.REJECT: Stage.REJECTED}
)
NEEDS_WORDS = frozenset({Step.RETURN, Step.ADOPT_PARTLY, Step.REJECT})
"""Steps that say why."""
MAIN_ROAD = (
    Stage.DRAFT,
    Stage.RECEIVED,
    Stage.REVIEW,
    Stage.ADOPTED,
    Stage.IMPLEMENTED,
    Stage.MEASURED,
    Stage.SPREAD,
)
"""The stages of a proposal that is adopted and works, in order."""

_ROADS: Mapping[Step, Mapping[Stage, Stage]] = MappingProxyType(
    {
        Step.SUBMIT: dict.fromkeys((Stage.DRAFT, Stage.RETURNED), Stage.RECEIVED),
        Step.REVIEW: {Stage.RECEIVED: Stage.REVIEW},
        Step.RETURN: dict.fromkeys((Stage.RECEIVED, Stage.REVIEW), Stage.RETURNED),
        **{step: {Stage.REVIEW: stage} for step, stage in DECISIONS.items()},
        Step.IMPLEMENT: dict.fromkeys((Stage.ADOPTED, Stage.PARTLY), Stage.IMPLEMENTED),
        Step.MEASURE: {Stage.IMPLEMENTED: Stage.MEASURED},
        Step.SPREAD: {Stage.MEASURED: Stage.SPREAD},
        Step.WITHDRAW: dict.fromkeys(UNDECIDED, Stage.WITHDRAWN),
        Step.MERGE: dict.fromkeys(OPEN_TO_VOTES, Stage.MERGED),
    }
)


def next_stage(stage: Stage, step: Step) -> Stage:
    """Return the stage to which ``step`` leads.

    Raises:
        StepNotAllowed: when the step does not start from ``stage``.
    """
    try:
        return _ROADS[step][stage]
    except KeyError:
        raise StepNotAllowed(stage, step) from None


def steps_from(stage: Stage) -> frozenset[Step]:
    """Return the steps that start from a stage; none where the life has ended."""
    return frozenset(step for step, road in _ROADS.items() if stage in road)


def outcome_after(outcome: str, step: Step) -> str:
    """Return the decision that stands after a step: the stage decided on, or what stood before."""
    return DECISIONS[step].value if step in DECISIONS else outcome


@dataclass(frozen=True)
class Standing:
    """What follows from the steps of a proposal: its stage, and the decision, empty while there is none."""

    stage: Stage = Stage.DRAFT
    outcome: str = ""

    def after(self, step: Step) -> "Standing":
        """Return the standing after one more step.

        Raises:
            StepNotAllowed: when the step does not start here.
        """
        return Standing(next_stage(self.stage, step), outcome_after(self.outcome, step))


def standing_after(steps: Iterable[Step]) -> Standing:
    """Return the standing of a proposal that has gone through ``steps`` since it was drafted.

    Raises:
        StepNotAllowed: at the first step that does not start where the ones before it led.
    """
    standing = Standing()
    for step in steps:
        standing = standing.after(step)
    return standing
