"""What the receivers and processing counted, as Prometheus text on a loopback port.

The figures add up: received = acknowledged + refused + rejected (by the receivers), and
acknowledged = stored + duplicate + rejected (by storage) + waiting in the queue, and likewise
acknowledged = matched + rejected + waiting for detection.
"""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

STAGES = ("stored", "duplicate", "rejected", "damaged", "matched", "unmatched", "alerts")


class Counters:
    """The counters of one ``yui soc receive``."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.received = self._counter("events_received", "Events in requests of known senders", "protocol")
        self.acknowledged = self._counter("events_acknowledged", "Events durably taken", "protocol")
        self.rejected = self._counter(
            "events_rejected", "Pieces that are no event, kept aside", "protocol", "reason"
        )
        self.refused = self._counter(
            "events_refused", "Events not taken; the sender keeps them", "protocol", "reason"
        )
        self.requests = self._counter("requests", "Requests answered", "protocol", "status")
        self.unknown_senders = self._counter(
            "unknown_senders", "Requests nobody could be found for", "protocol"
        )
        self.refused_connections = self._counter(
            "connections_refused", "Connections closed at once", "reason"
        )
        self.processed = self._counter("events_processed", "What processing did with events", "outcome")
        self.restarts = Counter(
            "yui_soc_processing_restarts",
            "A part of processing ended and was begun again",
            ["part"],
            registry=self.registry,
        )
        self.queue_bytes = Gauge("yui_soc_queue_bytes", "Bytes that the queue holds", registry=self.registry)
        self.lag_seconds = Gauge(
            "yui_soc_processing_lag_seconds",
            "From reception to storage or to the raised alert, latest",
            ["to"],
            registry=self.registry,
        )

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(f"yui_soc_{name}", text, labels, registry=self.registry)

    def add_processed(self, counts: Mapping[str, float]) -> None:
        """Add what processing reports it has done since its last report."""
        for outcome in STAGES:
            if counts.get(outcome):
                self.processed.labels(outcome).inc(counts[outcome])
        for name, to in (("lag_seconds", "storage"), ("alert_lag_seconds", "alert")):
            if counts.get(name):
                self.lag_seconds.labels(to).set(counts[name])

    def text(self) -> bytes:
        """Return all figures in Prometheus's text format."""
        return generate_latest(self.registry)
