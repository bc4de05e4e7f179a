"""A paper as every file format writes it: a head, and sections of labelled answers."""

from dataclasses import dataclass
from datetime import datetime

UNKNOWN = "調査中"


@dataclass(frozen=True)
class Row:
    """One question and its answer; an empty answer is written as 調査中."""

    label: str
    value: str

    @property
    def shown(self) -> str:
        """The answer, or that it is being looked into."""
        return self.value.strip() or UNKNOWN

    @property
    def is_known(self) -> bool:
        """Whether there is an answer."""
        return bool(self.value.strip())


@dataclass(frozen=True)
class Section:
    """A numbered heading with its rows."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Paper:
    """One draft.

    Attributes:
        notices: lines above everything (下書き, 演習, 架空データ, TLP).
        made_at: when the draft was made; the files carry it, so that the same draft has the same bytes.
        facts_sha256: hash of the facts it was made from.
    """

    title: str
    addressee: str
    sender: str
    number: str
    notices: tuple[str, ...]
    sections: tuple[Section, ...]
    made_at: datetime
    dated: str
    facts_sha256: str

    @property
    def unknown_rows(self) -> int:
        """How many answers are still 調査中."""
        return sum(not row.is_known for section in self.sections for row in section.rows)
