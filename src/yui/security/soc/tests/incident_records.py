"""Records that the tests of incidents stand on."""

from datetime import datetime, timedelta
from io import BytesIO

from yui.kernel.calendar_jp import TOKYO, now
from yui.registry.facts import SystemFacts
from yui.registry.operations import register_system
from yui.security.soc.models import AffectedSystem, Duty, Incident, IncidentMoment, IncidentTask
from yui.security.soc.operations import incidents
from yui.security.soc.operations.incidents.facts import CaseFacts

HOUR = timedelta(hours=1)


def tokyo(*parts):
    """A moment in Tokyo."""
    return datetime(*parts, tzinfo=TOKYO)


def start(actor, ward, *, hours_ago=10, detected_at=None, **values):
    """Open an incident that was detected so many hours ago."""
    facts = {"title": "不審な通信", "category": "malware"} | values
    return incidents.open_incident(
        actor, ward=ward, facts=CaseFacts(**facts), detected_at=detected_at or now() - hours_ago * HOUR
    )


def stored(incident):
    """The incident as it is stored."""
    return Incident.objects.unscoped("test").get(pk=incident.pk)


def moments(incident, **condition):
    """Its moments in the order of recording."""
    return list(IncidentMoment.objects.unscoped("test").filter(incident=incident, **condition))


def papers(incident, **condition):
    """Its papers by code."""
    return {duty.code: duty for duty in Duty.objects.unscoped("test").filter(incident=incident, **condition)}


def tasks(incident):
    """Its tasks in order."""
    return list(IncidentTask.objects.unscoped("test").filter(incident=incident))


def touched(incident, code):
    """An affected system of the incident by its code, in the present round."""
    return AffectedSystem.objects.unscoped("test").get(
        incident=incident, system__code=code, round=stored(incident).round
    )


def make_system(actor, ward, code="MN-001", zone="lgwan", **facts):
    """Register a system of the ward."""
    plain = {"name": f"試験システム{code}", "category": "internal", "hosting": "on_premises"}
    return register_system(
        actor,
        organisation=ward,
        facts=SystemFacts(code=code, network_zone=zone, **(plain | facts)),
    )


def keep_file(actor, incident, content=b"memory image", name="memory.raw"):
    """Keep a piece of evidence."""
    return incidents.collect_evidence(actor, incident=incident, file=BytesIO(content), name=name)
