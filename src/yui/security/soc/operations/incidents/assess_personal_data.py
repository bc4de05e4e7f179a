"""Assess what an incident did to personal data."""

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.models import Incident
from yui.security.soc.operations.incidents.fact_changes import replace_facts
from yui.security.soc.operations.incidents.facts import PersonalDataFacts
from yui.security.soc.operations.incidents.stated_times import require_plausible


@operation("soc.incident.assess_personal_data")
def assess_personal_data(
    actor: Actor, *, incident: Incident, facts: PersonalDataFacts, basis: str = ""
) -> bool:
    """State what is known of leaked personal data; the papers that the law asks for follow.

    Raises:
        TimeWrong: when the leak became known in the future, or too long ago.
        Otherwise as ``replace_facts``.
    """
    require_plausible(facts.leak_known_at, now())
    return replace_facts(
        actor,
        incident,
        facts.values(),
        kind="soc.incident.assess_personal_data",
        sentence="の個人情報への影響を記録しました。",
        basis=basis,
    )
