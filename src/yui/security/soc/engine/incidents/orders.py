"""Which moment of a round cannot come before which other one.

The words are those of NIST SP 800-61r3 (Detect, Respond, Recover) and of the FIRST CSIRT Services Framework
2.1. What may happen in either order is left free: a machine may contain before anybody acknowledged, and
containing may begin before the incident is declared.
"""

from yui.security.soc.engine.incidents.moments import ENDINGS, Kind

_DIRECTLY: dict[Kind, frozenset[Kind]] = {
    Kind.OCCURRED: frozenset({Kind.DETECTED}),
    Kind.DETECTED: frozenset(
        {
            Kind.REPORTED,
            Kind.ACKNOWLEDGED,
            Kind.ESCALATED,
            Kind.DECLARED,
            Kind.CONTAINMENT_STARTED,
            Kind.ERADICATION_STARTED,
            Kind.RECOVERY_STARTED,
            Kind.CONTAINED,
            Kind.REOPENED,
            Kind.TRIAGED,
            Kind.REVIEWED,
        }
    ),
    Kind.ACKNOWLEDGED: frozenset({Kind.TRIAGED, Kind.DECLARED}),
    Kind.TRIAGED: frozenset({Kind.DECLARED}),
    Kind.CONTAINMENT_STARTED: frozenset({Kind.CONTAINED}),
    Kind.CONTAINED: frozenset({Kind.ERADICATED, Kind.RECOVERED, Kind.REVIEWED}),
    Kind.ERADICATION_STARTED: frozenset({Kind.ERADICATED}),
    Kind.ERADICATED: frozenset({Kind.RECOVERED}),
    Kind.RECOVERY_STARTED: frozenset({Kind.RECOVERED}),
}


def _closure() -> frozenset[tuple[Kind, Kind]]:
    """Return every ordered pair that follows from the direct ones; whatever ends a round comes last."""
    later: dict[Kind, set[Kind]] = {kind: set(_DIRECTLY.get(kind, ())) for kind in Kind}
    for kind in Kind:
        if kind not in ENDINGS:
            later[kind] |= ENDINGS
    grown = True
    while grown:
        grown = False
        for after in later.values():
            reached = set().union(*(later[kind] for kind in after)) - after
            after |= reached
            grown = grown or bool(reached)
    return frozenset((first, second) for first, after in later.items() for second in after)


COMES_BEFORE = _closure()
"""Pairs of kinds of which the first is never later than the second in the same round."""
