"""What a hunt asks, once it is parsed."""

from dataclasses import dataclass
from enum import StrEnum

OWN = "f."
"""Before a name: the log's own field, also where the store has a column of the same name."""


class Comparison(StrEnum):
    """How a field is compared; texts without regard to case."""

    EQUALS = "="
    CONTAINS = "contains"
    STARTSWITH = "startswith"
    ENDSWITH = "endswith"
    LIKE = "like"
    MATCHES = "matches"
    IN_NETWORK = "cidr"
    LESS = "<"
    LESS_EQUAL = "<="
    GREATER = ">"
    GREATER_EQUAL = ">="
    EXISTS = "exists"


NUMERIC = frozenset({Comparison.LESS, Comparison.LESS_EQUAL, Comparison.GREATER, Comparison.GREATER_EQUAL})


@dataclass(frozen=True, slots=True)
class FieldTest:
    """One comparison of one field with one value (empty for EXISTS)."""

    field: str
    comparison: Comparison
    value: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The raw text of the event contains this."""

    text: str


@dataclass(frozen=True, slots=True)
class Every:
    """All items hold; with none, always."""

    items: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Some:
    """At least one item holds."""

    items: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Without:
    """The item does not hold."""

    item: "Condition"


Condition = FieldTest | Words | Every | Some | Without
ALWAYS = Every(())


@dataclass(frozen=True, slots=True)
class Hunt:
    """A whole question.

    Attributes:
        condition: which events.
        columns: fields to show, in order; empty for the usual ones.
        count_by: fields by whose values events are counted instead of listed; empty to list them.
        sort: field to sort by; empty for the time.
        is_ascending: whether the smallest come first.
        limit: at most so many rows; None for as many as the page allows.
    """

    condition: Condition
    columns: tuple[str, ...] = ()
    count_by: tuple[str, ...] = ()
    sort: str = ""
    is_ascending: bool = False
    limit: int | None = None

    @property
    def fields(self) -> frozenset[str]:
        """Every field that the question names."""
        named = {self.sort} if self.sort else set()
        return frozenset(named | {*self.columns, *self.count_by, *fields_of(self.condition)})


def fields_of(condition: Condition) -> frozenset[str]:
    """Return every field that a condition names."""
    if isinstance(condition, FieldTest):
        return frozenset({condition.field})
    if isinstance(condition, Words):
        return frozenset()
    if isinstance(condition, Without):
        return fields_of(condition.item)
    return frozenset(name for item in condition.items for name in fields_of(item))
