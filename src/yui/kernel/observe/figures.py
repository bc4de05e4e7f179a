"""The metrics that each process counts, and how they are put together for a scrape.

With several processes, prometheus-client keeps the counts in files of ``PROMETHEUS_MULTIPROC_DIR``
(set by ``yui up`` before the processes start) and a scrape of any of them adds all up.
"""

import os
import platform
from collections.abc import Iterator

from django.db import DatabaseError, connection
from django.db.models import Count, Min, Sum
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

import yui
from yui.kernel.calendar_jp import now
from yui.kernel.ledger.models import Chain
from yui.kernel.tasks.models import Job, JobState

COUNTED = CollectorRegistry()
REASON = "figures for the whole installation, without names"

requests_total = Counter(
    "yui_http_requests", "Requests answered", ["view", "method", "status"], registry=COUNTED
)
request_seconds = Histogram(
    "yui_http_request_seconds",
    "Time until the answer began, in seconds",
    ["view"],
    registry=COUNTED,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
request_queries = Histogram(
    "yui_http_request_database_queries",
    "Database queries of one request",
    ["view"],
    registry=COUNTED,
    buckets=(0, 1, 2, 4, 8, 16, 32, 64, 128),
)


class StateCollector(Collector):
    """What the database itself knows at the moment of the scrape."""

    def collect(self) -> Iterator[Metric]:
        """Yield the figures; without a database, those that need none."""
        yield InfoMetricFamily(
            "yui_build",
            "The version that runs",
            {"version": yui.__version__, "python": platform.python_version(), "database": connection.vendor},
        )
        up = GaugeMetricFamily("yui_database_up", "1 while the database answers")
        try:
            families = [self._jobs(), self._waiting(), self._ledger()]
        except DatabaseError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield from (up, *families)

    def _jobs(self) -> GaugeMetricFamily:
        family = GaugeMetricFamily("yui_jobs", "Jobs kept, by kind and state", labels=["kind", "state"])
        counted = Job.objects.unscoped(REASON).order_by().values_list("kind", "state").annotate(n=Count("pk"))
        for kind, state, number in counted:
            family.add_metric([kind, state], number)
        return family

    def _waiting(self) -> GaugeMetricFamily:
        family = GaugeMetricFamily("yui_job_longest_wait_seconds", "Age of the oldest job that still waits")
        waiting = Job.objects.unscoped(REASON).filter(state=JobState.QUEUED)
        oldest = waiting.aggregate(at=Min("created_at"))["at"]
        family.add_metric([], (now() - oldest).total_seconds() if oldest else 0)
        return family

    def _ledger(self) -> GaugeMetricFamily:
        family = GaugeMetricFamily("yui_ledger_entries", "Entries in all chains of the ledger")
        family.add_metric([], Chain.objects.aggregate(n=Sum("length"))["n"] or 0)
        return family


def exposition() -> bytes:
    """Return every metric of the installation in Prometheus' text format."""
    registry = COUNTED
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    state = CollectorRegistry()
    state.register(StateCollector())
    return generate_latest(registry) + generate_latest(state)
