"""Works out the tree from records, and reads it as stored."""

import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from yui.governance.indicators.queries.figures import HISTORY_MONTHS, figures, ward_scopes
from yui.governance.indicators.queries.questions import last_closed_month
from yui.governance.indicators.queries.snapshots import stored_figures
from yui.governance.indicators.queries.tree_rows import tree_rows
from yui.governance.indicators.tree import tree
from yui.kernel.policy import Actor


def _time(runs: int, work: Callable[[], Any]) -> dict[str, float]:
    """Return median wall and CPU milliseconds after one run that does not count."""
    work()
    walls, cpus = [], []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    return {"wall": median(walls), "cpu": median(cpus)}


def main(runs: str) -> dict[str, Any]:
    """Return what the live tree and the stored tree of the last closed month take."""
    times, actor, month = int(runs), Actor.system("benchmark"), last_closed_month()
    scopes, first = ward_scopes(), month.shift(1 - HISTORY_MONTHS)
    codes = [scope.code for scope in scopes]
    live = _time(times, lambda: tree_rows(actor, month, scopes))
    stored = _time(times, lambda: stored_figures(actor, first, month, scope_codes=codes))
    by_measure = {
        indicator.code: _time(1, partial(figures, month, scopes, [indicator]))["cpu"]
        for indicator in tree().indicators
    }
    with CaptureQueriesContext(connection) as captured:
        rows = tree_rows(actor, month, scopes)
    return {
        "live": live,
        "stored": stored,
        "cpu_ms_by_indicator": dict(sorted(by_measure.items(), key=lambda item: -item[1])),
        "rows": len(rows),
        "rows_with_value": sum(row.value is not None for row in rows),
        "queries": len(captured),
        "scopes": len(scopes),
        "months": HISTORY_MONTHS,
    }
