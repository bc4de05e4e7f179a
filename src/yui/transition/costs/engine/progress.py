"""How far the reading of a file is."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

SECONDS_BETWEEN_LOOKS = 0.25


class Step(StrEnum):
    """What is being done with a file, in order."""

    READING = "reading"
    STORING = "storing"
    RECORDING = "recording"


Progress = Callable[[Step, int], None]
"""Told the step and how much of it is done, in percent."""


def no_progress(step: Step, percent: int) -> None:
    """Tell nobody."""


def execute_watched(database: "duckdb.DuckDBPyConnection", query: str, progress: Progress) -> None:
    """Run ``query``, and tell ``progress`` in the calling thread how far it is.

    What ``progress`` raises breaks the query off and is raised in its place.
    """
    progress(Step.READING, 0)
    with ThreadPoolExecutor(1, thread_name_prefix="costs-reading") as pool:
        running = pool.submit(database.execute, query)
        while wait([running], SECONDS_BETWEEN_LOOKS).not_done:
            try:
                progress(Step.READING, max(0, min(100, int(database.query_progress()))))
            except BaseException:
                database.interrupt()
                wait([running])
                raise
        running.result()
