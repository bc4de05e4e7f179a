"""Write down what reports to authorities ask for."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.models import Incident
from yui.security.soc.operations.incidents.fact_changes import replace_facts
from yui.security.soc.operations.incidents.facts import ReportFacts


@operation("soc.incident.describe_for_reports")
def describe_for_reports(actor: Actor, *, incident: Incident, facts: ReportFacts, basis: str = "") -> bool:
    """Give the incident these texts; tell whether anything changed.

    Raises: as ``replace_facts``.
    """
    return replace_facts(
        actor,
        incident,
        facts.values(),
        kind="soc.incident.describe_for_reports",
        sentence="の報告に書くことを直しました。",
        basis=basis,
    )
