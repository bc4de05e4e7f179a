"""Opens a kept file through its importer."""

from collections.abc import Callable
from typing import Any

from yui.kernel.exchange.checking import RowChecker
from yui.kernel.exchange.formats.tabular import read_table
from yui.kernel.exchange.importers import ImportContext, Importer
from yui.kernel.exchange.models import ImportRun
from yui.kernel.exchange.storage import path_of
from yui.kernel.policy import Actor

Progress = Callable[[int, int], None]
REPORT_EVERY = 500


def no_progress(done: int, total: int) -> None:
    """Report to nobody."""


def open_checker(actor: Actor, run: ImportRun, importer: Importer) -> RowChecker:
    """Return the checker of the run's file, ready to read its rows.

    Raises:
        FileRefused: where the file as a whole cannot be taken in.
    """
    table = read_table(path_of(run.sha256), expected=importer.expected, sheet=run.sheet or None)
    data: Any = importer.prepare(actor, run.organisation) if importer.prepare else None
    context = ImportContext(
        actor=actor,
        organisation=run.organisation,
        columns=frozenset(),
        data=data,
        file_hash=run.sha256,
        file_name=run.original_name,
    )
    return RowChecker(importer, table, context)
