"""Who could answer a question: votes of questions like it, recent activity, what people say of themselves.

Each question like the new one votes for those who answered it: by its likeness, halved for every
``HALF_LIFE_DAYS`` since the answer, ``SOLVED_WEIGHT`` times for the answer that solved it. Activity of the
last ``RECENT_DAYS`` days is added with the same weight, both as parts of the largest, and ``TALENT_WEIGHT``
where somebody named a tag of the question as his own. ``benchmarks/commons_routing.py`` measures it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain

HALF_LIFE_DAYS = 180
RECENT_DAYS = 30
SOLVED_WEIGHT = 2.0
TALENT_WEIGHT = 0.5
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Answered:
    """Somebody answered, under his name; ``solved`` where the answer solved the question."""

    person: int
    at: datetime
    solved: bool = False


@dataclass(frozen=True)
class LikeThread:
    """A question like the new one; ``likeness`` as the search scored it, above zero."""

    likeness: float
    answers: Sequence[Answered]


@dataclass(frozen=True)
class Candidate:
    """Somebody who could answer, and why.

    Attributes:
        person: whom to ask.
        weight: what candidates are ordered by; shown to nobody.
        solved: questions like this one that an answer of the person solved.
        answered: questions like this one that the person answered.
        is_active: whether the person answered anything lately.
        talents: tags of the question that the person named.
    """

    person: int
    weight: float
    solved: int = 0
    answered: int = 0
    is_active: bool = False
    talents: tuple[str, ...] = ()


@dataclass
class _Votes:
    weight: float = 0.0
    solved: int = 0
    answered: int = 0


@dataclass(frozen=True)
class Knowledge:
    """What is known before anybody is asked.

    Attributes:
        threads: the questions like the new one.
        recent: how many answers each person gave in the last ``RECENT_DAYS`` days.
        talents: tags of the question that each person named as his own.
    """

    threads: Sequence[LikeThread] = ()
    recent: Mapping[int, int] = field(default_factory=dict)
    talents: Mapping[int, Collection[str]] = field(default_factory=dict)


def candidates(known: Knowledge, at: datetime) -> list[Candidate]:
    """Return everybody who could answer at a moment, the likeliest first; equal ones in order of their key.

    Answers later than ``at`` do not count.
    """
    votes = _votes(known.threads, at)
    most_votes = max((vote.weight for vote in votes.values()), default=0.0)
    most_recent = max(known.recent.values(), default=0)
    found = []
    for person in set(chain(votes, known.recent, known.talents)):
        vote, recent = votes.get(person, _Votes()), known.recent.get(person, 0)
        talents = tuple(sorted(known.talents.get(person, ())))
        weight = (
            _part(vote.weight, most_votes) + _part(recent, most_recent) + (TALENT_WEIGHT if talents else 0.0)
        )
        if weight > 0:
            found.append(Candidate(person, weight, vote.solved, vote.answered, recent > 0, talents))
    return sorted(found, key=lambda each: (-each.weight, each.person))


def chosen(
    ranked: Sequence[Candidate], count: int, is_elsewhere: Callable[[int], bool]
) -> tuple[Candidate, ...]:
    """Return the first ``count``, the last of them making room where nobody would be of another ward.

    A question that its own ward could not answer is best carried over its border once.
    """
    first = tuple(ranked[:count])
    if not first or any(is_elsewhere(each.person) for each in first):
        return first
    other = next((each for each in ranked[count:] if is_elsewhere(each.person)), None)
    return first if other is None else (*first[: count - 1], other)


def _votes(threads: Sequence[LikeThread], at: datetime) -> dict[int, _Votes]:
    """Return the votes of all threads; each votes once for a person, by the answer that counts most."""
    votes: dict[int, _Votes] = {}
    for thread in threads:
        best: dict[int, tuple[float, bool]] = {}
        for answer in thread.answers:
            if answer.at >= at:
                continue
            weight = thread.likeness * 0.5 ** ((at - answer.at) / _DAY / HALF_LIFE_DAYS)
            weight *= SOLVED_WEIGHT if answer.solved else 1.0
            former, solved = best.get(answer.person, (0.0, False))
            best[answer.person] = max(former, weight), solved or answer.solved
        for person, (weight, solved) in best.items():
            vote = votes.setdefault(person, _Votes())
            vote.weight += weight
            vote.solved += solved
            vote.answered += 1
    return votes


def _part(amount: float, most: float) -> float:
    return amount / most if most else 0.0
