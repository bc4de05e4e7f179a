"""The state that follows from the moments of the present round."""

from yui.security.soc.engine.incidents.moments import Kind, Standing

_LATEST_FIRST = (
    (Kind.MERGED, "merged"),
    (Kind.JUDGED_FALSE, "false_positive"),
    (Kind.CLOSED, "closed"),
    (Kind.REVIEWED, "review"),
    (Kind.RECOVERED, "restored"),
    (Kind.RECOVERY_STARTED, "recovering"),
    (Kind.ERADICATED, "recovering"),
    (Kind.ERADICATION_STARTED, "eradicating"),
    (Kind.CONTAINED, "contained"),
    (Kind.CONTAINMENT_STARTED, "containing"),
    (Kind.DECLARED, "declared"),
    (Kind.TRIAGED, "triage"),
    (Kind.ACKNOWLEDGED, "triage"),
)


def state_of(standing: Standing, round_number: int) -> str:
    """Return the state of an incident, by the words of the record, as its present round stands.

    A reopened incident stays declared where an earlier round declared it.
    """
    present = {kind for number, kind in standing if number == round_number}
    state = next((state for kind, state in _LATEST_FIRST if kind in present), "detected")
    earlier = any(kind == Kind.DECLARED for number, kind in standing if number < round_number)
    if earlier and state in ("detected", "triage"):
        return "declared"
    return state
