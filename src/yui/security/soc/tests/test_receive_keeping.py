"""The processes of processing are kept: counted, begun again when they end, stopped in good order."""

import asyncio
import sys
import time

from yui.security.soc.receivers import keeping
from yui.security.soc.receivers.counters import Counters
from yui.security.soc.receivers.keeping import ProcessingKeeper

REPORT = """
import sys
print('no report')
print('{"stored": 3, "duplicate": 1, "lag_seconds": 0.5}')
print('{"matched": 4, "alerts": 1, "alert_lag_seconds": 0.25}')
print('{"stored": "x"}')
sys.stdout.flush()
"""
UNTIL_TOLD = REPORT + "sys.stdin.read(); print('{\"stored\": 2}')"
STUBBORN = REPORT + "import time; time.sleep(600)"


def figures(counters):
    found = {}
    for metric in counters.registry.collect():
        for sample in metric.samples:
            found[".".join([sample.name.removeprefix("yui_soc_"), *sample.labels.values()])] = sample.value
    return found


def keep(script, until):
    """Keep a script until a condition on the figures holds, then stop; return the figures."""

    async def work():
        counters = Counters()
        keeper = ProcessingKeeper("storage", [sys.executable, "-c", script], counters)
        keeper.start()
        deadline = time.monotonic() + 30
        while not until(figures(counters)) and time.monotonic() < deadline:
            await asyncio.sleep(0.05)
        await keeper.stop()
        return figures(counters)

    return asyncio.run(work())


def test_reports_are_counted_and_a_stop_waits_for_the_last_one(caplog):
    told = keep(UNTIL_TOLD, lambda found: found.get("events_processed_total.matched") == 4)
    assert told["events_processed_total.stored"] == 5
    assert told["events_processed_total.duplicate"] == 1
    assert told["events_processed_total.alerts"] == 1
    assert told["processing_lag_seconds.storage"] == 0.5
    assert told["processing_lag_seconds.alert"] == 0.25
    assert "processing_restarts_total.storage" not in told


def test_a_process_that_ends_is_begun_again(monkeypatch, caplog):
    monkeypatch.setattr(keeping, "FIRST_PAUSE", 0.05)
    told = keep(REPORT, lambda found: found.get("events_processed_total.stored", 0) >= 9)
    assert told["processing_restarts_total.storage"] >= 2


def test_a_process_that_does_not_stop_is_killed(monkeypatch, caplog):
    monkeypatch.setattr(keeping, "STOP_SECONDS", 0.3)
    begun = time.monotonic()
    keep(STUBBORN, lambda found: found.get("events_processed_total.matched") == 4)
    assert time.monotonic() - begun < 30
