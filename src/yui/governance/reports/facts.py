"""What people state about plans and notes, before it is stored."""

from dataclasses import dataclass

MOST_NOTES = 60


@dataclass(frozen=True)
class ItemFacts:
    """One indicator of a plan."""

    code: str
    is_public: bool = False


@dataclass(frozen=True)
class PlanFacts:
    """A plan with its indicators in their order."""

    kind: str
    title: str
    items: tuple[ItemFacts, ...]
    is_active: bool = True
    day_of_month: int = 5
    note: str = ""


@dataclass(frozen=True)
class NoteFacts:
    """A note."""

    topic: str
    text: str
    weight: int = 50
    is_public: bool = False
