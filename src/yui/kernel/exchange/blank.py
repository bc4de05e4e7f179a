"""An empty table to fill in, as CSV or XLSX."""

from yui.kernel.exchange.export import ExportColumn, Sheet, csv_bytes, xlsx_bytes
from yui.kernel.exchange.importers import ColumnKind, ImportColumn, Importer

EXAMPLES = {
    ColumnKind.INT: "120",
    ColumnKind.YEN: "1,234,000",
    ColumnKind.DECIMAL: "12.5%",
    ColumnKind.DATE: "令和8年4月1日",
    ColumnKind.MONTH: "2026-04",
    ColumnKind.BOOL: "○",
}


def blank_table(importer: Importer, file_format: str) -> bytes:
    """Return a file with the importer's headings alone; in an XLSX a second sheet explains the columns.

    The headings are Japanese in every language: they are what is looked for when the file comes back.
    """
    if file_format == "csv":
        return csv_bytes([column.title_ja for column in importer.columns], [])
    head = [ExportColumn(column.title_ja) for column in importer.columns]
    guide = [ExportColumn(title) for title in ("列", "必須", "書き方", "別の見出し")]
    rows = [
        [column.title_ja, "○" if column.required else "", how_to_write(column), "、".join(column.aliases)]
        for column in importer.columns
    ]
    return xlsx_bytes([Sheet(str(importer.title), head, []), Sheet("列の説明", guide, rows)])


def how_to_write(column: ImportColumn) -> str:
    """Return one line on what goes into the column."""
    parts = [str(column.help), column.choice_labels]
    example = column.example or EXAMPLES.get(column.kind, "")
    return " ".join([*(part for part in parts if part), f"例: {example}" if example else ""]).strip()
