"""Assess the severity of an incident."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.models import Incident
from yui.security.soc.operations.incidents.errors import ReasonNeeded
from yui.security.soc.operations.incidents.fact_changes import replace_facts
from yui.security.soc.operations.incidents.facts import SeverityFacts


@operation("soc.incident.set_severity")
def set_severity(
    actor: Actor, *, incident: Incident, facts: SeverityFacts, reason: str, core_system_stopped: bool = False
) -> bool:
    """Give the incident the highest of the three views (深刻度評価基準, 2018-07-25), with the reason.

    Args:
        core_system_stopped: whether a core system stood still for long, which the KGI counts by itself.

    Raises:
        ReasonNeeded: without a reason.
        Otherwise as ``replace_facts``.
    """
    if not reason.strip():
        raise ReasonNeeded
    values = facts.values() | {
        "severity": facts.severity,
        "severity_reason": reason,
        "core_system_stopped": core_system_stopped,
    }
    return replace_facts(
        actor,
        incident,
        values,
        kind="soc.incident.set_severity",
        sentence=f"の深刻度を{facts.severity}と評価しました。",
    )
