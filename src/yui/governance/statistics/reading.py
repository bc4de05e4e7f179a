"""Reads a file of statistics in any of the layouts, and says what it holds."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yui.governance.statistics.areas import area_of
from yui.governance.statistics.formats.codes import code_of
from yui.governance.statistics.formats.columns import EXPECTED, TWICE, Gathering, as_months
from yui.governance.statistics.formats.contents import FileContent, SeriesContent, without_repetitions
from yui.governance.statistics.formats.errors import NoFigures
from yui.governance.statistics.formats.estat_json import read_estat_json
from yui.governance.statistics.formats.long_table import is_long, read_long_table
from yui.governance.statistics.formats.wide_table import read_wide_table
from yui.governance.statistics.models import FileFormat
from yui.kernel.exchange.errors import Text
from yui.kernel.exchange.formats.encodings import detect_encoding
from yui.kernel.exchange.formats.guards import kind_of, open_bytes
from yui.kernel.exchange.formats.headers import match_headings
from yui.kernel.exchange.formats.limits import MIB, Limits
from yui.kernel.exchange.formats.tabular import read_table

LONGEST_NOTE, LONGEST_TITLE, LONGEST_UNIT = 200, 200, 40
LIMITS = Limits(file_bytes=64 * MIB, expanded_bytes=256 * MIB, workbook_bytes=200 * MIB)


@dataclass(frozen=True)
class Reading:
    """How to read a file where it does not say so itself.

    Attributes:
        code: code of the series, for a file of one series without a code.
        title: its title, likewise.
        unit: its unit, likewise.
        frequency: what bare years (``2023``) and first days stand for.
    """

    code: str = ""
    title: str = ""
    unit: str = ""
    frequency: str = ""


def read_file(path: Path, name: str, how: Reading | None = None) -> FileContent:
    """Read a file.

    Args:
        path: where it is.
        name: what it was called; it names the series where nothing else does.
        how: how to read what the file leaves open.

    Raises:
        FileRefused: saying what is wrong with the file and what to do.
    """
    how = how or Reading()
    kind = kind_of(path, LIMITS)
    if kind in ("text", "gzip") and _begins_like_json(path, kind):
        return read_estat_json(_text_of(path, kind), area_of)
    table = read_table(path, expected=EXPECTED, limits=LIMITS)
    match = match_headings(table.header, EXPECTED)
    columns = match.positions
    if is_long(columns):
        file_format, found = FileFormat.LONG, read_long_table(table, columns, area_of, how.frequency)
        found.unused = match.unknown
    else:
        file_format, found = FileFormat.WIDE, read_wide_table(table, columns, area_of, how.frequency)
    if not found.series:
        raise NoFigures
    return FileContent(
        file_format=str(file_format),
        series=tuple(_finished(found, how, name)),
        refusals=tuple(found.refusals),
        notes=(*table.notes, *_unused(found)),
    )


def _finished(found: Gathering, how: Reading, name: str) -> list[SeriesContent]:
    """Return the series of a table, each with code and title, without contradictions."""
    several = Counter((code, title) for code, title, _frequency in found.series)
    for (code, title, _frequency), each in found.series.items():
        if several[code, title] == 1:
            as_months(each)
    codes: set[str] = set()
    for (code, title, _frequency), each in found.series.items():
        each.cells, refused = without_repetitions(each.cells, TWICE)
        found.refusals += refused
        each.title = (each.title or how.title or each.code or Path(name).stem)[:LONGEST_TITLE]
        each.unit = (each.unit or how.unit)[:LONGEST_UNIT]
        each.code = code_of(each.code or (how.code if not codes else "") or each.title)
        if several[code, title] > 1 or each.code in codes:
            each.code = code_of(each.code, each.frequency)
        codes.add(each.code)
    return list(found.series.values())


def _unused(found: Gathering) -> list[Text]:
    """Tell which columns were not read."""
    names = "、".join(found.unused)[:LONGEST_NOTE]
    return [format_lazy(_("使わない列: {names}"), names=names)] if names else []


def _begins_like_json(path: Path, kind: str) -> bool:
    with open_bytes(path, kind, LIMITS) as file:
        return file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _text_of(path: Path, kind: str) -> str:
    """Return the text of a file in whatever encoding it is."""
    encoding = detect_encoding(lambda: open_bytes(path, kind, LIMITS))
    with open_bytes(path, kind, LIMITS) as file:
        return file.read().decode(encoding)
