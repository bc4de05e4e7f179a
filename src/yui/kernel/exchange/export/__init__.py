"""Files out: CSV that spreadsheets open safely, XLSX that is ready to use."""

from yui.kernel.exchange.export.delimited import csv_bytes, csv_stream
from yui.kernel.exchange.export.values import CellKind, ExportColumn
from yui.kernel.exchange.export.workbooks import Sheet, write_xlsx, xlsx_bytes

__all__ = ["CellKind", "ExportColumn", "Sheet", "csv_bytes", "csv_stream", "write_xlsx", "xlsx_bytes"]
