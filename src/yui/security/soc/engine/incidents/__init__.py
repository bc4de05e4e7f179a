"""An incident's life from its append-only moments: which stand, whether they agree, what state follows."""

from yui.security.soc.engine.incidents.checks import (
    LONGEST_MEMORY,
    BeforeRound,
    Contradiction,
    InFuture,
    NotLatest,
    OutOfOrder,
    Repeated,
    RoundEnded,
    RoundNotReopened,
    TooLongAgo,
    UntilBeforeAt,
    WithoutContainment,
    contradictions,
)
from yui.security.soc.engine.incidents.intervals import ContainmentInterval, containment_intervals
from yui.security.soc.engine.incidents.moments import ENDINGS, Kind, Moment, effective
from yui.security.soc.engine.incidents.orders import COMES_BEFORE
from yui.security.soc.engine.incidents.states import state_of

__all__ = [
    "COMES_BEFORE",
    "ENDINGS",
    "LONGEST_MEMORY",
    "BeforeRound",
    "ContainmentInterval",
    "Contradiction",
    "InFuture",
    "Kind",
    "Moment",
    "NotLatest",
    "OutOfOrder",
    "Repeated",
    "RoundEnded",
    "RoundNotReopened",
    "TooLongAgo",
    "UntilBeforeAt",
    "WithoutContainment",
    "containment_intervals",
    "contradictions",
    "effective",
    "state_of",
]
