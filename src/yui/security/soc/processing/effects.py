"""What processing does to the outside: given to it, so that it can be used without a database."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from yui.security.soc.engine.joint.facts import JointAlertFact
from yui.security.soc.engine.triage.facts import AlertFact
from yui.security.soc.event_store.arriving import Batch
from yui.security.soc.event_store.writing import AppendResult
from yui.security.soc.processing.preparing import RejectedKey, RejectedSum


class StoreEffects(Protocol):
    """The store. Every call may come again with the same content, and then changes nothing.

    The exception is ``count_rejected``, which comes once for each commit: a process that is killed between
    the two may count a rejected piece twice, never not at all.
    """

    def store(self, batches: Iterable[Batch]) -> AppendResult:
        """Put events into the lake; on return they are on the disk."""
        ...

    def count_rejected(self, rejected: Mapping[RejectedKey, RejectedSum]) -> None:
        """Keep aside what is no event."""
        ...

    def note_fields(self, fields: Sequence[Any]) -> None:
        """Remember which fields a log source of a ward carries (``event_store.writing.SeenIn``)."""
        ...

    def note_senders(self, senders: Iterable[str], moment_us: int) -> None:
        """Remember when senders were last heard."""
        ...


class AlertEffects(Protocol):
    """The alert queue. Every call may come again with the same content, and then changes nothing.

    The exceptions are counts: of what exclusions suppressed, and of what rules match beyond their hourly
    limit. A process that is killed before it commits may count these twice, never not at all.
    """

    def raise_alerts(self, ward: str, facts: Sequence[AlertFact]) -> int:
        """Raise alerts of one ward; return how many matches are new, those included that are only counted."""
        ...

    def count_suppressed(self, counts: Mapping[tuple[str, int], int]) -> None:
        """Add to how many matches each exclusion (ward, key of its record) has kept from being alerts."""
        ...

    def raise_joint(self, facts: Sequence[JointAlertFact]) -> None:
        """Raise what several wards have in common."""
        ...
