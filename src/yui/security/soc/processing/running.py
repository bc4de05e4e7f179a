"""The processing process: from the queue until it is told to stop, or until the receiving process is gone."""

import gc
import os
import signal
import sys
import threading
from pathlib import Path
from typing import TextIO

from yui.security.soc.processing.correlating import Correlations
from yui.security.soc.processing.database import DatabaseAlerts, DatabaseRules, DatabaseStore, ward_codes
from yui.security.soc.processing.detection import Detection
from yui.security.soc.processing.loop import Surroundings
from yui.security.soc.processing.reporting import Reports
from yui.security.soc.processing.rules import BackgroundRules
from yui.security.soc.processing.storage import Storage
from yui.security.soc.queries.rules.catalogue import rule_cache
from yui.security.soc.queue.contract import DETECTION
from yui.security.soc.queue.opening import open_reader

STORAGE_NICENESS = 10


class _Stop:
    """Told to stop by a signal, or by the end of standard input where another process holds it."""

    def __init__(self, follow: TextIO | None) -> None:
        self._event = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_given: self._event.set())
        if follow is not None:
            threading.Thread(target=self._until_end, args=(follow,), daemon=True).start()

    def __call__(self) -> bool:
        return self._event.is_set()

    def _until_end(self, follow: TextIO) -> None:
        # The other process writes nothing; its end, however it comes, ends the stream.
        follow.read()
        self._event.set()


def _spare_collections() -> None:
    """Let the garbage collector look seldom: what passes through here is freed by its counts alone.

    Looking for cycles among tens of thousands of records took a third of the time of parsing them.
    """
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


def process(queue_address: str, folder: Path, part: str, *, follows_parent: bool) -> None:
    """Run one of the two loops with the rules and the database of this installation.

    Args:
        queue_address: empty for the embedded queue.
        folder: holds the embedded queue and the state of the correlators.
        part: which reader of the queue to be, of ``contract.READERS``.
        follows_parent: whether standard input is held by the process that must not be outlived; reports
            then go to standard output.

    Raises:
        QueueError: when the queue cannot be read.
    """
    _spare_collections()
    stop = _Stop(sys.stdin if follows_parent else None)
    around = Surroundings(should_stop=stop)
    reader = open_reader(queue_address, folder / "queue", part)
    loop: Detection | Storage
    if part == DETECTION:
        rules = BackgroundRules(DatabaseRules(rule_cache()))
        correlations = Correlations(folder / "state", ward_codes())
        loop = Detection(reader, rules, DatabaseAlerts(), correlations, around)
    else:
        # Where the machine is short of time, alerts go before storage; the queue holds what waits.
        os.nice(STORAGE_NICENESS)
        loop = Storage(reader, DatabaseStore(), around)
    if follows_parent:
        reports = Reports(sys.stdout)
        around.after_step = lambda: reports.take(loop, at_once=stop())
    try:
        loop.run()
    finally:
        reader.close()
