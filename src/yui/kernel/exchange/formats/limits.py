"""How much of a file we are willing to open."""

from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """Bounds on one file.

    Attributes:
        file_bytes: size as sent.
        expanded_bytes: size after gzip is undone.
        workbook_bytes: sum of the parts of an XLSX after unzipping (a workbook is held in memory).
        ratio: expanded size over compressed size, looked at once ``ratio_floor`` bytes came out.
        parts: number of files inside an XLSX.
        cells: rows times columns of the used range of a sheet.
        record_characters: length of one row of a text file, quoted line breaks included.
        columns: number of columns in a row.
    """

    file_bytes: int = 2048 * MIB
    expanded_bytes: int = 4096 * MIB
    workbook_bytes: int = 400 * MIB
    ratio: int = 200
    ratio_floor: int = 8 * MIB
    parts: int = 2000
    cells: int = 6_000_000
    record_characters: int = 1_000_000
    columns: int = 2000


DEFAULT_LIMITS = Limits()
