"""Headings: finds them under title rows, flattens merged ones and matches them to the columns expected."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

HEAD_ROWS = 40
MAX_DEPTH = 3
SEPARATOR = "/"
_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_MARKS = re.compile(r"(\((必須|任意|required|optional)\)|【(必須|任意)】|[*※])")
_BRACKETS = re.compile(r"\([^()]*\)\Z")

Row = Sequence[str | None]


def normalise_heading(text: str) -> str:
    """Return the form in which headings are compared: NFKC, no white space, no marks such as ``(必須)``."""
    plain = _SPACES.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return _MARKS.sub("", plain) or plain


def _filled(cell: str | None) -> bool:
    """Whether a cell holds more than white space."""
    return bool(cell and not cell.isspace())


def flatten_headings(rows: Sequence[Row]) -> list[str]:
    """Return one name per column from one to three heading rows: ``親/子`` where a heading spans columns.

    A heading cell that spans columns is empty in all but the first of them, and is carried to the right as
    long as the row beneath has names. A heading that spans rows is empty in the lower rows.
    """
    width = max((len(row) for row in rows), default=0)
    grid = [
        [(row[i] or "").strip() if i < len(row) and _filled(row[i]) else "" for i in range(width)]
        for row in rows
    ]
    names: list[str] = []
    for column in range(width):
        deepest = max((level for level in range(len(grid)) if grid[level][column]), default=-1)
        parts: list[str] = []
        for level in range(deepest + 1):
            part = grid[level][column] or _carried(grid, level, column)
            if part and part not in parts:
                parts.append(_SPACES.sub(" ", part))
        names.append(SEPARATOR.join(parts))
    return names


def _carried(grid: list[list[str]], level: int, column: int) -> str:
    """Return the heading that spans ``column`` at ``level`` from a column on its left, if one does."""
    for left in range(column - 1, -1, -1):
        # A new name in a row above ends the span of everything beneath it.
        if grid[level][left]:
            is_group = any(grid[lower][left] for lower in range(level + 1, len(grid)))
            return grid[level][left] if is_group else ""
        if any(grid[upper][left + 1] for upper in range(level)):
            return ""
    return ""


@dataclass(frozen=True)
class Expected:
    """A column looked for.

    Attributes:
        key: name in code.
        names: title and aliases, in any script and width.
        required: whether the file is refused without it.
    """

    key: str
    names: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True)
class HeaderMatch:
    """Which column of the file means what.

    Attributes:
        positions: key of the expected column by position in the file.
        unknown: names in the file that match nothing.
        missing: keys of required columns that nothing matches.
        repeated: (key, first name, second name) for columns that mean the same.
    """

    positions: dict[int, str]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    repeated: tuple[tuple[str, str, str], ...] = ()


@dataclass
class _Index:
    """Expected columns by normalised name."""

    exact: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, expected: Sequence[Expected]) -> "_Index":
        """Index titles before aliases, so that a title always wins."""
        index = cls()
        for position in range(max((len(column.names) for column in expected), default=0)):
            for column in expected:
                if position < len(column.names):
                    index.exact.setdefault(normalise_heading(column.names[position]), column.key)
        return index

    def key_for(self, name: str) -> str | None:
        """Return the column that ``name`` means as a whole, with or without a unit in brackets."""
        plain = normalise_heading(name)
        for form in (plain, plain.replace(SEPARATOR, ""), _BRACKETS.sub("", plain)):
            if form in self.exact:
                return self.exact[form]
        return None


def match_headings(names: Sequence[str], expected: Sequence[Expected]) -> HeaderMatch:
    """Match the file's columns to the expected ones.

    Whole names are matched first; then, for a ``親/子`` name that nothing matches, its last part if no other
    column of the file ends in the same part.
    """
    index = _Index.of(expected)
    positions: dict[int, str] = {}
    first_name: dict[str, str] = {}
    repeated: list[tuple[str, str, str]] = []
    last_parts = [normalise_heading(name.rsplit(SEPARATOR, 1)[-1]) for name in names]
    for whole in (True, False):
        for position, name in enumerate(names):
            if not name or position in positions:
                continue
            part = name if whole else name.rsplit(SEPARATOR, 1)[-1]
            if not whole and (SEPARATOR not in name or last_parts.count(last_parts[position]) > 1):
                continue
            key = index.key_for(part)
            if key is None or (not whole and key in first_name):
                continue
            if key in first_name:
                repeated.append((key, first_name[key], name))
            else:
                positions[position] = key
                first_name[key] = name
    taken = set(positions) | {names.index(second) for _key, _first, second in repeated}
    return HeaderMatch(
        positions=dict(sorted(positions.items())),
        unknown=tuple(name for position, name in enumerate(names) if name and position not in taken),
        missing=tuple(column.key for column in expected if column.required and column.key not in first_name),
        repeated=tuple(repeated),
    )


@dataclass(frozen=True)
class FoundHeader:
    """Where the headings stand.

    Attributes:
        start: index of the first heading row.
        depth: number of heading rows.
        names: flattened names, one per column.
        score: number of expected columns matched.
    """

    start: int
    depth: int
    names: tuple[str, ...]
    score: int

    @property
    def end(self) -> int:
        """Index of the first data row."""
        return self.start + self.depth


def find_header(rows: Sequence[Row], expected: Sequence[Expected]) -> FoundHeader | None:
    """Return the heading rows among the first rows of a sheet, or None if no row holds anything.

    With expected columns, the one to three rows that match most of them are taken; the fewest rows, then
    the earliest, win a tie. Where nothing matches, or nothing is expected, the first row that fills at least
    half of the widest row is taken, which passes over titles and notes.
    """
    best: FoundHeader | None = None
    best_rank = (0, 0, 0)
    head = rows[:HEAD_ROWS]
    for start in range(len(head) if expected else 0):
        for depth in range(1, min(MAX_DEPTH, len(head) - start) + 1):
            names = flatten_headings(head[start : start + depth])
            match = match_headings(names, expected)
            score = len(match.positions)
            rank = (score - len(match.repeated), -depth, -start)
            if score and (best is None or rank > best_rank):
                best, best_rank = FoundHeader(start, depth, tuple(names), score), rank
    if best is not None:
        return best
    widths = [sum(map(_filled, row)) for row in head]
    widest = max(widths, default=0)
    for start, width in enumerate(widths):
        if width and width * 2 >= widest:
            return FoundHeader(start, 1, tuple(flatten_headings([head[start]])), 0)
    return None
