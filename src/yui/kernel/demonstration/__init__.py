"""What a room's ``demo.py`` is given to make its 架空データ: a seed, a span of months, the wards."""

from dataclasses import dataclass, field
from random import Random

from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor

SEED = 20260401


@dataclass(frozen=True)
class Demonstration:
    """One run of the seeded generator; the same for everyone who starts with the same seed."""

    first_month: Month
    last_month: Month
    wards: list
    seed: int = SEED
    actor: Actor = field(default_factory=lambda: Actor.system("demonstration"))

    def random_for(self, room: str) -> Random:
        """Return the generator of one room, so that rooms do not disturb each other's figures."""
        return Random(f"{self.seed}:{room}")  # noqa: S311 — data for show, no secret

    @property
    def months(self) -> list[Month]:
        """Every month of the span, oldest first."""
        return Month.between(self.first_month, self.last_month)
