"""The facts of an incident on which its duties depend."""

from yui.security.soc.engine.duties import DutyCase
from yui.security.soc.engine.incidents import Kind
from yui.security.soc.models import AffectedSystem, Incident
from yui.security.soc.queries.incidents.moments import WHY, Standing

LGWAN_ZONE, GOVERNMENT_CLOUD = "lgwan", "government_cloud"
"""The words of the registry for a system's network zone and place."""


def affected_of(incident: Incident, *, present_round: bool = False) -> list[AffectedSystem]:
    """Return the systems that the incident touches, of all rounds or the present one."""
    rows = AffectedSystem.objects.unscoped(WHY).filter(incident=incident).select_related("system")
    return list(rows.filter(round=incident.round) if present_round else rows)


def duty_case(incident: Incident, standing: Standing) -> DutyCase:
    """Return the case of the incident's present round."""
    declared = standing.get((incident.round, Kind.DECLARED))
    systems = [each.system for each in affected_of(incident, present_round=True)]
    return DutyCase(
        category=incident.category,
        detected_at=standing[incident.round, Kind.DETECTED].at,
        declared_at=declared.at if declared else None,
        leak_known_at=incident.leak_known_at,
        leaked_people=incident.leaked_people,
        involves_sensitive=incident.involves_sensitive,
        involves_ordinance=incident.involves_ordinance,
        involves_my_number=incident.involves_my_number,
        risks_property=incident.risks_property,
        wrongful_purpose=incident.wrongful_purpose,
        touches_lgwan=any(system.network_zone == LGWAN_ZONE for system in systems),
        touches_government_cloud=any(system.hosting == GOVERNMENT_CLOUD for system in systems),
        is_exercise=incident.is_exercise,
    )
