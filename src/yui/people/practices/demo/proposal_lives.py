"""The made-up course of one proposal: from the day it is handed in to where it stands at the end."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from yui.kernel.calendar_jp import business_day_on_or_after
from yui.people.practices.engine.proposal_states import Stage, Step, next_stage

CHANCES = {
    "idea": (("adopted", 0.35), ("partly", 0.2), ("rejected", 0.45)),
    "implemented": (("adopted", 0.75), ("partly", 0.15), ("rejected", 0.1)),
    "issue": (("adopted", 0.3), ("partly", 0.3), ("rejected", 0.4)),
}
"""How proposals of a kind are decided."""
DECIDING = {"adopted": Step.ADOPT, "partly": Step.ADOPT_PARTLY, "rejected": Step.REJECT}


@dataclass
class Life:
    """What happened to one proposal, and when."""

    steps: list[tuple[Step, date]] = field(default_factory=list)
    stage: Stage = Stage.DRAFT
    outcome: str = ""

    @property
    def entered_on(self) -> date:
        """The day on which the present stage began."""
        return self.steps[-1][1]

    def on(self, *wanted: Step) -> date | None:
        """Return the day of the first of these steps, if there was one."""
        return next((day for step, day in self.steps if step in wanted), None)

    def take(self, step: Step, day: date) -> None:
        """Go one step on."""
        self.stage = next_stage(self.stage, step)
        self.steps.append((step, day))


def life_of(random: Random, kind: str, submitted: date, last: date) -> Life:
    """Return the course of a proposal handed in on a day, as far as it has come by the last day."""
    life = Life()
    life.take(Step.SUBMIT, submitted)
    for step, days, chance in _plan(random, kind):
        day = business_day_on_or_after(life.entered_on + timedelta(days=days))
        if day > last or random.random() > chance:
            return life
        life.take(step, day)
        if step in DECIDING.values():
            life.outcome = life.stage.value
        if life.outcome == "rejected":
            return life
    return life


def _plan(random: Random, kind: str) -> list[tuple[Step, int, float]]:
    """Return the steps that may come: each with the days until it, and the chance that it comes at all."""
    if random.random() < 0.03:
        return [(Step.WITHDRAW, random.randint(3, 20), 1.0)]
    chances = CHANCES[kind]
    outcome = random.choices([word for word, _chance in chances], [chance for _word, chance in chances])[0]
    decision = DECIDING[outcome]
    plan = [
        (Step.REVIEW, random.randint(1, 7), 1.0),
        (decision, random.randint(15, 55), 0.98),
        (Step.IMPLEMENT, random.randint(20, 85), 0.85),
        (Step.MEASURE, random.randint(30, 85), 0.8),
        (Step.SPREAD, random.randint(40, 150), 0.5),
    ]
    if random.random() < 0.08:
        again = [(Step.RETURN, random.randint(1, 5), 1.0), (Step.SUBMIT, random.randint(3, 12), 0.9)]
        plan = [*again, *plan]
    return plan
