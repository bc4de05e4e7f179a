"""Boolean conditions of temporal correlations: ``reconnaissance and not (change or maintenance)``."""

from collections.abc import Set
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

MOST_TERMS = 64


class ConditionTooWide(ValueError):
    """An expression has more alternatives than the engine follows."""


class Term(NamedTuple):
    """One alternative: positions of the references that must occur and of those that must not."""

    present: frozenset[int]
    absent: frozenset[int]


@dataclass(frozen=True)
class Expression:
    """A condition in disjunctive normal form: it holds when one of its terms does."""

    terms: tuple[Term, ...]

    @property
    def negates(self) -> bool:
        """Whether some alternative asks for the absence of a rule."""
        return any(term.absent for term in self.terms)

    def holds(self, seen: Set[int]) -> bool:
        """Return whether the set of references that occurred satisfies the condition."""
        return any(term.present <= seen and not (term.absent & seen) for term in self.terms)


def reference(position: int) -> Expression:
    """Return the condition that one reference occurs."""
    return Expression((Term(frozenset({position}), frozenset()),))


def any_of(parts: list[Expression]) -> Expression:
    """Return the disjunction of conditions."""
    return _tidied([term for part in parts for term in part.terms])


def all_of(parts: list[Expression]) -> Expression:
    """Return the conjunction of conditions.

    Raises:
        ConditionTooWide: when more than ``MOST_TERMS`` alternatives come out.
    """
    joined = [Term(frozenset(), frozenset())]
    for part in parts:
        if len(joined) * len(part.terms) > 8 * MOST_TERMS:
            raise _too_wide(len(joined) * len(part.terms))
        joined = [
            Term(left.present | right.present, left.absent | right.absent)
            for left, right in product(joined, part.terms)
        ]
        joined = list(_tidied(joined).terms)
    return Expression(tuple(joined))


def negation(part: Expression) -> Expression:
    """Return the opposite of a condition (De Morgan)."""
    opposites = [
        any_of(
            [Expression((Term(frozenset(), frozenset({one})),)) for one in sorted(term.present)]
            + [Expression((Term(frozenset({one}), frozenset()),)) for one in sorted(term.absent)]
        )
        for term in part.terms
    ]
    return all_of(opposites)


def _tidied(terms: list[Term]) -> Expression:
    """Drop contradictions and terms that another implies; order them, so that equal conditions are equal."""
    possible = {term for term in terms if not term.present & term.absent}
    least = [
        term
        for term in possible
        if not any(
            other != term and other.present <= term.present and other.absent <= term.absent
            for other in possible
        )
    ]
    if len(least) > MOST_TERMS:
        raise _too_wide(len(least))
    return Expression(tuple(sorted(least, key=lambda term: (sorted(term.present), sorted(term.absent)))))


def _too_wide(alternatives: int) -> ConditionTooWide:
    return ConditionTooWide(
        f"条件の選択肢が {alternatives} 通りになり、上限の {MOST_TERMS} を超えます。条件を分けてください。 "
        f"The condition has {alternatives} alternatives, more than {MOST_TERMS}: split it into several rules."
    )
