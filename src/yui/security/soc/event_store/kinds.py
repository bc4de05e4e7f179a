"""Records of one kind: those of one source with the same fields, in the same order, of the same types."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from yui.security.soc.engine.records import LogSource
from yui.security.soc.event_store.layouts import Shape

CHANNEL, NUMBER = "Channel", "EventID"


class Kind(NamedTuple):
    """The records of one kind.

    Attributes:
        source: where they come from.
        shape: what their fields are.
        positions: where each stands in what arrived.
        columns: for each field, its values in the order of ``positions``.
    """

    source: LogSource
    shape: Shape
    positions: Sequence[int]
    columns: Sequence[Sequence[Any]]

    @property
    def channel(self) -> str:
        """The channel of the first record, empty where there is none."""
        names = self.shape.names
        return str(self.columns[names.index(CHANNEL)][0]) if CHANNEL in names else ""
