"""The last days as they would have come in: made-up events through the real detection and store."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from yui.kernel.calendar_jp import TOKYO, now, today
from yui.kernel.scope.models import Organisation
from yui.security.soc.demo.events import Day
from yui.security.soc.formats.lines import record_of_line
from yui.security.soc.formats.wire import WireFormat
from yui.security.soc.processing.correlating import Correlations
from yui.security.soc.processing.database import DatabaseAlerts, DatabaseRules, DatabaseStore, ward_codes
from yui.security.soc.processing.detection import Detection
from yui.security.soc.processing.loop import Surroundings
from yui.security.soc.processing.storage import Storage
from yui.security.soc.queue.contract import Queued
from yui.security.soc.queue.deliveries import Delivery

DAYS, QUIET_DAYS = 7, 5
"""Days played, and how many of them only give the cross-ward watch something to compare with."""
EVERYDAY, QUIET = 140, 20
"""Ordinary events of a ward on a busy day, and on a quiet one."""
QUIET_HOURS = (9, 15)
SECOND = 1_000_000
STRETCH = 600 * SECOND
"""Events of ten minutes come as one delivery of each ward."""


class MadeUpQueue:
    """A queue that holds what was made up, in the order of its time."""

    damaged = 0
    """Deliveries that could not be read back: none."""

    def __init__(self, deliveries: Sequence[Delivery]) -> None:
        self._waiting = [Queued(number, delivery) for number, delivery in enumerate(deliveries, 1)]
        self.moment = deliveries[0].received if deliveries else 0

    @property
    def is_empty(self) -> bool:
        """Whether everything was given out."""
        return not self._waiting

    def read(self, most_events: int, wait_seconds: float) -> list[Queued]:
        """Return the deliveries of the next stretch of time; the clock goes on with them."""
        given: list[Queued] = []
        while self._waiting and (
            not given or self._waiting[0].delivery.received == given[0].delivery.received
        ):
            given.append(self._waiting.pop(0))
        if given:
            self.moment = given[-1].delivery.received
        return given

    def commit(self, position: int) -> None:
        """Forget nothing: what was given out is gone already."""

    def close(self) -> None:
        """Hold nothing open."""

    def clock(self) -> int:
        """Return the time of what was given out last, in microseconds."""
        return self.moment


def play(random: Random, wards: Sequence[Organisation], senders: dict[str, int]) -> None:
    """Make the last days of all wards and let them run through detection, store and correlation."""
    deliveries = list(_deliveries(random, wards, senders))
    with TemporaryDirectory(prefix="yui-demo-") as folder:
        coming = MadeUpQueue(deliveries)
        rules = DatabaseRules(Path(folder) / "rules")
        compared = Correlations(None, ward_codes())
        detection = Detection(coming, rules, DatabaseAlerts(), compared, Surroundings(clock=coming.clock))
        while not coming.is_empty:
            detection.step()
        detection.flush()
    stored = MadeUpQueue(deliveries)
    storage = Storage(stored, DatabaseStore(), Surroundings(clock=stored.clock))
    while not stored.is_empty:
        storage.step()
    storage.flush()


def _deliveries(random: Random, wards: Sequence[Organisation], senders: dict[str, int]) -> Iterator[Delivery]:
    """Yield what the wards' senders deliver, by time."""
    timed = sorted(
        (moment // STRETCH, ward.code, moment, line)
        for ward in wards
        for moment, line in _lines_of(random, ward, wards)
    )
    for (stretch, code), lines in groupby(timed, key=lambda each: each[:2]):
        raws = tuple(line.encode() for *_rest, line in lines)
        received = (stretch + 1) * STRETCH - SECOND
        yield Delivery(code, str(senders[code]), WireFormat.HEC_RAW.value, received, raws)


def _lines_of(random: Random, ward: Organisation, wards: Sequence[Organisation]) -> Iterator[tuple[int, str]]:
    """Yield (time in microseconds, line) of one ward's last days, nothing later than now."""
    place = [each.code for each in wards].index(ward.code)
    end = int(now().timestamp() * SECOND)
    for back in range(DAYS - 1, -1, -1):
        start = datetime.combine(today() - timedelta(days=back), datetime.min.time(), TOKYO)
        is_quiet = back >= DAYS - QUIET_DAYS
        day = Day(random, ward.code, start, QUIET_HOURS) if is_quiet else Day(random, ward.code, start)
        lines = list(day.everyday(QUIET if is_quiet else EVERYDAY))
        if back == 1 and place in (2, 6, 11, 18):
            lines += day.attack(start + timedelta(hours=9, minutes=11 * place), 2 if place == 2 else 1)
        if back == 1 and place == 7:
            lines += day.guessing(start + timedelta(hours=2, minutes=14))
        for line in lines:
            record = record_of_line(line, "")
            moment = getattr(record, "time", None)
            if moment is not None and moment < end - STRETCH:
                yield moment, line
