"""The score of a key that shows in several wards: how far beyond chance, and how grave."""

from collections import defaultdict
from typing import NamedTuple

from yui.security.soc.engine.joint.facts import DAY_US, WEIGHTS, JointConfig
from yui.security.soc.engine.joint.history import KeyHistory, day_of
from yui.security.soc.engine.joint.keys import KeyKind
from yui.security.soc.engine.joint.surprise import at_least, daily_chances, surprise, within

# What happened on fewer days is no habit: a second campaign within a month must not hide behind the first.
EXPERIENCE = 3


class Weight(NamedTuple):
    """How a coincidence weighs: see ``JointAlertFact`` for the words.

    Attributes:
        unusual: whether chance alone does not explain it; ``Reaches`` learns from these.
        experienced: false for what is below medium in the first days: its like, as scanners of the whole
            internet, is new every day, and only experience tells it from a campaign.
    """

    score: float
    expected: float
    usual: float
    history_days: int
    unusual: bool
    experienced: bool


class Case(NamedTuple):
    """One coincidence to weigh: a key of a kind in ``wards`` wards within window number ``window``."""

    kind: KeyKind
    level: int
    window: int
    wards: int
    time_us: int


class Reaches:
    """How often any key of a kind and level reached so many wards at once, day by day.

    It speaks for kinds of sign that are new every day and yet common, such as scanners of the whole internet.
    """

    def __init__(self, memory_days: int) -> None:
        self.memory_days = memory_days
        self.days: dict[tuple[KeyKind, int, int], dict[int, dict[int, int]]] = defaultdict(dict)

    def note(self, case: Case, before: int) -> None:
        """Note that a key went from ``before`` wards at once to those of the case."""
        days, day = self.days[case.kind, case.level, case.window], day_of(case.time_us)
        if day not in days:
            for gone in [one for one in days if one < day - 2 * self.memory_days]:
                del days[gone]
            days[day] = {}
        for count in range(max(before, 1) + 1, case.wards + 1):
            days[day][count] = days[day].get(count, 0) + 1

    def per_day(self, case: Case, first_day: int) -> float:
        """Return how many keys a day came as far as the case, over the days of memory before today.

        Zero when that happened on fewer than ``EXPERIENCE`` days. The case's own key is not among them: it
        comes so far only now.
        """
        today = day_of(case.time_us)
        begin = max(first_day, today - self.memory_days)
        days = self.days.get((case.kind, case.level, case.window), {})
        found = [counts.get(case.wards, 0) for day, counts in days.items() if begin <= day < today]
        if sum(count > 0 for count in found) < EXPERIENCE:
            return 0.0
        return sum(found) / (today - begin)


def weigh(
    case: Case, history: KeyHistory, reaches: Reaches, config: JointConfig, first_day: int, known_keys: int
) -> Weight | None:
    """Return the weight of a coincidence; None while a kind that shows everywhere has too little history.

    The expected number of such coincidences in one window is the largest of three views: chance, if wards
    show the key independently at their usual rates, over all known keys of the kind; how often this key
    reached so many wards before; how often keys of its kind and level did.

    Args:
        first_day: the first day ever seen.
        known_keys: keys of this kind in memory.
    """
    window_us = config.windows_us[case.window]
    window_days = window_us / DAY_US
    end_day = day_of(case.time_us - window_us)
    begin_day = min(end_day, max(first_day, end_day - config.memory_days))
    days = end_day - begin_day
    if case.kind in config.settling_kinds and days < config.settling_days:
        return None
    seen = history.days_seen(begin_day, end_day, len(config.wards))
    daily = daily_chances(seen, days, config.priors[case.kind], config.strength)
    chances = within(daily, window_days)
    tests = max(1, known_keys) * max(1.0, sum(chances))
    by_chance = tests * _tail(chances, case.wards)
    reached, blocks = history.blocks_reaching(case.wards, begin_day, end_day, max(1, round(window_days)))
    by_habit = reached / blocks if reached >= EXPERIENCE else 0.0
    by_kind = window_days * reaches.per_day(case, first_day)
    expected = max(by_chance, by_habit, by_kind)
    score = surprise(expected) + WEIGHTS[case.level]
    experienced = WEIGHTS[case.level] >= 0 or day_of(case.time_us) - first_day > EXPERIENCE
    return Weight(score, expected, sum(daily) / len(daily), days, by_chance < 1, experienced)


def _tail(chances: list[float], wards: int) -> float:
    """Return the chance of at least so many wards.

    Where so many are no more than the mean, at least one half is all that is needed to know: the median of a
    Poisson binomial distribution lies next to its mean (Jogdeo and Samuels 1968).
    """
    return 0.5 if wards <= sum(chances) // 1 else at_least(chances, wards)
