"""A 政策提言書 as plain values: what every file is written from, and what is frozen when it is made final."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

VERSION = 1
"""Of the frozen form; a reader of an older one says so instead of guessing."""
SHORT_HASH = 12


@dataclass(frozen=True)
class Number:
    """One number: its place in the exhibit, the exact value as text (empty for no data), unit and hash."""

    cell: str
    label: str
    value: str
    text: str
    unit: str
    query_hash: str

    @property
    def as_float(self) -> float | None:
        """The value for a drawing or a sheet; ``None`` for no data."""
        return float(self.value) if self.value else None


@dataclass(frozen=True)
class Row:
    """One row of a table: its heading and its numbers."""

    heading: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Table:
    """A table: what the first column is called, the other columns, and the rows."""

    caption: str
    first: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Drawing:
    """A chart: SVG for paper, and which columns of the exhibit's table a workbook draws, as what."""

    title: str
    alt: str
    svg: str
    kind: str
    columns: tuple[int, ...]
    unit: str


@dataclass(frozen=True)
class Exhibit:
    """One piece of evidence (資料): the finding, the numbers, the chart, the table, and what was asked."""

    number: int
    kind: str
    title: str
    finding: str
    figures: tuple[Number, ...]
    drawing: Drawing | None
    table: Table | None
    notes: tuple[str, ...]
    question: str
    query_hash: str

    @property
    def numbers(self) -> list[Number]:
        """Every number of the exhibit, figures first."""
        rows = self.table.rows if self.table else ()
        return [*self.figures, *(number for row in rows for number in row.numbers)]

    @property
    def short_hash(self) -> str:
        """The beginning of the hash, for print."""
        return self.query_hash[:SHORT_HASH]


@dataclass(frozen=True)
class Document:
    """A whole petition. ``words`` are the fixed headings in the language of the document."""

    title: str
    sender: str
    addressees: tuple[str, ...]
    dated: str
    dated_text: str
    moment: str
    state_text: str
    version: int
    preamble: str
    requests: tuple[str, ...]
    exhibits: tuple[Exhibit, ...]
    facts: tuple[tuple[str, str], ...]
    notice: str
    words: dict[str, str]
    language: str = "ja"
    form: int = VERSION

    @property
    def made_at(self) -> datetime:
        """The time that the files carry: that of the petition's date, never that of the machine."""
        return datetime.fromisoformat(self.moment)


class UnknownForm(ValueError):
    """A frozen petition was written in a form that this version does not read."""


def as_json(document: Document) -> dict[str, Any]:
    """Return the document as JSON values."""
    return asdict(document)


def from_json(content: dict[str, Any]) -> Document:
    """Return the document that ``as_json`` wrote.

    Raises:
        UnknownForm: for another form than this version's.
    """
    if content.get("form") != VERSION:
        raise UnknownForm(f"form {content.get('form')!r}: this version reads form {VERSION}")
    exhibits = tuple(_exhibit(each) for each in content["exhibits"])
    plain = {
        "addressees": tuple(content["addressees"]),
        "requests": tuple(content["requests"]),
        "facts": tuple((name, value) for name, value in content["facts"]),
        "exhibits": exhibits,
    }
    return Document(**(content | plain))


def _exhibit(content: dict[str, Any]) -> Exhibit:
    drawing, table = content["drawing"], content["table"]
    return Exhibit(
        **(
            content
            | {
                "figures": _numbers(content["figures"]),
                "drawing": Drawing(**(drawing | {"columns": tuple(drawing["columns"])})) if drawing else None,
                "table": _table(table) if table else None,
                "notes": tuple(content["notes"]),
            }
        )
    )


def _table(content: dict[str, Any]) -> Table:
    rows = tuple(Row(row["heading"], _numbers(row["numbers"])) for row in content["rows"])
    return Table(content["caption"], content["first"], tuple(content["columns"]), rows)


def _numbers(content: list[dict[str, Any]]) -> tuple[Number, ...]:
    return tuple(Number(**each) for each in content)
