"""The correlators of a running process, and their state on the disk."""

import contextlib
import logging
import os
from collections.abc import Sequence
from pathlib import Path

from yui.security.soc.engine.correlation import snapshots as correlation_snapshots
from yui.security.soc.engine.correlation.alerts import CorrelationAlert
from yui.security.soc.engine.correlation.correlator import Correlator
from yui.security.soc.engine.joint import snapshots as joint_snapshots
from yui.security.soc.engine.joint.correlator import JointCorrelator
from yui.security.soc.engine.joint.facts import JointAlertFact, JointConfig
from yui.security.soc.engine.joint.keys import Network
from yui.security.soc.processing.detecting import Hit, keys_of_hit, observation_of
from yui.security.soc.processing.rules import RuleBook

log = logging.getLogger(__name__)
LATENESS_US = 60_000_000


class Correlations:
    """Sigma correlations and the cross-ward correlator, with state that survives a restart.

    The state is saved before the queue is told that events are done. After a kill it holds at least the
    events that will not come again; those that come again are recognised by their identifiers.

    Args:
        folder: where the state is kept; None keeps nothing.
        wards: codes of the wards that are compared; fewer than two compare nothing.
    """

    def __init__(self, folder: Path | None, wards: Sequence[str], lateness_us: int = LATENESS_US) -> None:
        self._folder, self._lateness_us = folder, lateness_us
        self._correlator = Correlator((), lateness_us)
        self._joint = JointCorrelator(JointConfig(tuple(wards))) if len(wards) > 1 else None
        self._changed = False
        self._own_networks: tuple[Network, ...] = ()
        saved = self._saved("joint.json")
        if self._joint is not None and saved:
            try:
                joint_snapshots.restore(self._joint, saved)
            except joint_snapshots.JointSnapshotRefused as refused:
                log.warning("the joint correlator begins anew: %s", refused)
                self._joint = JointCorrelator(JointConfig(tuple(wards)))

    def follow(self, book: RuleBook) -> None:
        """Go over to new rules and the wards' present address ranges; windows of unchanged rules go on."""
        self._own_networks = book.own_networks
        is_first = not self._correlator.plan.rules and not self._correlator.wards
        state = (
            self._saved("correlation.json") if is_first else correlation_snapshots.snapshot(self._correlator)
        )
        fresh = Correlator(book.correlations, self._lateness_us)
        if state:
            try:
                restored = correlation_snapshots.restore(fresh, state)
                if restored.dropped_rules:
                    log.info("windows of changed correlation rules begin anew: %s", restored.dropped_rules)
            except correlation_snapshots.SnapshotRefused as refused:
                log.warning("the correlator begins anew: %s", refused)
                fresh = Correlator(book.correlations, self._lateness_us)
        self._correlator = fresh

    def observe(self, hits: Sequence[Hit], now_us: int) -> list[CorrelationAlert]:
        """Take in matches; return the correlation alerts that they, and the time that has passed, decide."""
        if not self._correlator.plan.rules:
            return []
        alerts = self._correlator.observe(map(observation_of, hits), now_us) if hits else []
        alerts += self._correlator.advance(now_us - self._lateness_us)
        self._changed = self._changed or bool(hits or alerts)
        return alerts

    def observe_alerts(self, hits: Sequence[Hit], now_us: int) -> list[JointAlertFact]:
        """Take in alerts; return what several wards have in common."""
        if self._joint is None:
            return []
        keys = (keys_of_hit(hit, self._own_networks) for hit in hits)
        facts = self._joint.observe(keys, now_us) if hits else []
        facts += self._joint.advance(now_us - self._lateness_us)
        self._changed = self._changed or bool(hits or facts)
        return facts

    def save(self) -> None:
        """Keep the state, whole or not at all."""
        if self._folder is None or not self._changed:
            return
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._write("correlation.json", correlation_snapshots.snapshot(self._correlator))
        if self._joint is not None:
            self._write("joint.json", joint_snapshots.snapshot(self._joint))
        self._changed = False

    def _saved(self, name: str) -> bytes:
        if self._folder is None:
            return b""
        with contextlib.suppress(FileNotFoundError):
            return (self._folder / name).read_bytes()
        return b""

    def _write(self, name: str, state: bytes) -> None:
        if self._folder is None:
            return
        path = self._folder / f"{name}.new"
        with open(path, "wb") as file:
            file.write(state)
            file.flush()
            os.fsync(file.fileno())
        path.replace(self._folder / name)
