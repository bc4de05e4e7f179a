"""A result as its files hold it: finished words and numbers, in the reader's language."""

from dataclasses import dataclass
from datetime import datetime

Value = str | float | None


@dataclass(frozen=True)
class PaperTable:
    """A table: numbers stay numbers, so that a workbook can go on with them."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    percent: frozenset[int] = frozenset()


@dataclass(frozen=True)
class ResultPaper:
    """All that the PDF and the workbook say."""

    title: str
    subtitle: str
    notice: str
    language: str
    order: str
    sentences: tuple[str, ...]
    flips_title: str
    flips: tuple[str, ...]
    tables: tuple[PaperTable, ...]
    drawings: tuple[tuple[str, str], ...]
    page_word: str
    made_at: datetime
