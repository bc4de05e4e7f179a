"""A measured figure: its value, what it was worked out from, and the records behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.kernel.scope.querysets import ScopedQuerySet


class Unit(TextChoices):
    """What a figure counts."""

    PERCENT = "percent", _("%")
    YEN = "yen", _("円")
    COUNT = "count", _("件")
    TIMES = "times", _("回")
    HOURS = "hours", _("時間")
    DAYS = "days", _("日")
    PEOPLE = "people", _("人")
    RATIO = "ratio", _("倍")


@dataclass(frozen=True)
class MeasureScope:
    """Whose figure: one organisation's, or (``None``) that of all wards together."""

    organisation: Organisation | None = None

    @property
    def is_joint(self) -> bool:
        """Whether the figure is that of all wards together."""
        return self.organisation is None

    def __hash__(self) -> int:
        """Hash by the code: figures are kept by scope, thousands at a time."""
        return hash(self.code)

    @property
    def code(self) -> str:
        """The organisation's code, or ``joint``."""
        return self.organisation.code if self.organisation else "joint"


@dataclass(frozen=True)
class AgreedLevel:
    """The level that a figure must not exceed to count as good; ``None`` while nothing has been agreed."""

    value: Decimal | None


@dataclass(frozen=True)
class EvidenceColumn:
    """A column of the list of records behind a figure."""

    key: str
    title: Any


@dataclass(frozen=True)
class EvidenceRow:
    """One record behind a figure: its cells as text, and where it opens."""

    cells: tuple[str, ...]
    url: str | None = None


class Evidence(Protocol):
    """The records counted in a figure, listed only as far as the reader may see them."""

    @property
    def columns(self) -> tuple[EvidenceColumn, ...]:
        """The columns of every row."""

    def count(self, actor: Actor) -> int:
        """Return how many of the records ``actor`` may see."""

    def rows(self, actor: Actor, offset: int, limit: int) -> list[EvidenceRow]:
        """Return a page of the records that ``actor`` may see."""


@dataclass(frozen=True)
class QuerySetEvidence:
    """Evidence from the database: a scoped queryset that is narrowed to the reader when it is read."""

    queryset: ScopedQuerySet
    columns: tuple[EvidenceColumn, ...]
    cells: Callable[[Any], tuple[str, ...]]
    url: Callable[[Any], str | None] = lambda record: None

    def count(self, actor: Actor) -> int:
        """Return how many of the records ``actor`` may see."""
        return self.queryset.visible_to(actor).count()

    def rows(self, actor: Actor, offset: int, limit: int) -> list[EvidenceRow]:
        """Return a page of the records that ``actor`` may see."""
        page = self.queryset.visible_to(actor)[offset : offset + limit]
        return [EvidenceRow(self.cells(record), self.url(record)) for record in page]


@dataclass(frozen=True)
class DeferredEvidence:
    """Evidence put together only when somebody opens it: a figure is shown far oftener than opened."""

    build: Callable[[], Evidence]

    @property
    def columns(self) -> tuple[EvidenceColumn, ...]:
        """The columns of every row."""
        return self.build().columns

    def count(self, actor: Actor) -> int:
        """Return how many of the records ``actor`` may see."""
        return self.build().count(actor)

    def rows(self, actor: Actor, offset: int, limit: int) -> list[EvidenceRow]:
        """Return a page of the records that ``actor`` may see."""
        return self.build().rows(actor, offset, limit)


@dataclass(frozen=True)
class JoinedEvidence:
    """Evidence made of several lists with the same columns, one after the other."""

    parts: Sequence[Evidence]

    @property
    def columns(self) -> tuple[EvidenceColumn, ...]:
        """The columns, those of the first list."""
        return self.parts[0].columns

    def count(self, actor: Actor) -> int:
        """Return how many records of all lists ``actor`` may see."""
        return sum(part.count(actor) for part in self.parts)

    def rows(self, actor: Actor, offset: int, limit: int) -> list[EvidenceRow]:
        """Return a page that may run over the end of one list into the next."""
        found: list[EvidenceRow] = []
        for part in self.parts:
            if len(found) >= limit:
                break
            size = part.count(actor)
            if offset < size:
                found += part.rows(actor, offset, limit - len(found))
            offset = max(0, offset - size)
        return found


@dataclass(frozen=True)
class Measure:
    """A figure of one scope and period.

    ``records`` is how many records were counted, where the computation knows it anyway; otherwise the
    evidence is asked.
    """

    value: Decimal
    unit: Unit
    numerator: Decimal | None
    denominator: Decimal | None
    evidence: Evidence
    note: str = ""
    records: int | None = None
