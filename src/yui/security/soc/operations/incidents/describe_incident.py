"""Correct what an incident is."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.models import Incident
from yui.security.soc.operations.incidents.fact_changes import replace_facts
from yui.security.soc.operations.incidents.facts import CaseFacts


@operation("soc.incident.describe")
def describe_incident(actor: Actor, *, incident: Incident, facts: CaseFacts, basis: str = "") -> bool:
    """Give the incident this title, category, summary and sharing; tell whether anything changed.

    Raises: as ``replace_facts``.
    """
    return replace_facts(
        actor,
        incident,
        facts.values(),
        kind="soc.incident.describe",
        sentence="の内容を直しました。",
        basis=basis,
    )
