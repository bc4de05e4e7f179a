"""The facts of a paper, from the incident's record."""

from django.conf import settings

from yui.security.soc.engine.duties import reporting_reasons
from yui.security.soc.formats.papers import PaperFacts, SystemRow, TimeRow
from yui.security.soc.models import Duty, Incident, IncidentTask, MomentKind, Tlp
from yui.security.soc.queries.incidents.duty_case import affected_of, duty_case
from yui.security.soc.queries.incidents.moments import WHY, standing_of

KINDS_OF_DATA = (
    ("involves_sensitive", "要配慮個人情報"),
    ("involves_ordinance", "条例要配慮個人情報"),
    ("involves_my_number", "特定個人情報"),
)


def paper_facts(incident: Incident, duty: Duty) -> PaperFacts:
    """Return what the paper is filled from; papers are Japanese whatever the reader's language.

    Call it with Japanese active: the labels of choices are translated.
    """
    standing = standing_of(incident)
    times = sorted(standing.values(), key=lambda each: (each.at, each.key))
    return PaperFacts(
        code=duty.code,
        number=incident.number,
        round=duty.round,
        ward=incident.organisation.name_ja,
        title=incident.title,
        category=incident.category,
        category_label=str(incident.get_category_display()),
        severity_label=str(incident.get_severity_display()),
        severity_reason=incident.severity_reason,
        summary=incident.summary,
        commander=incident.commander.name_ja if incident.commander else "",
        tlp=str(Tlp(incident.tlp).label).removeprefix("TLP:"),
        times=tuple(TimeRow(str(MomentKind(each.kind.value).label), each.at, each.until) for each in times),
        systems=_systems(incident),
        actions=_actions(incident),
        leaked_people=incident.leaked_people,
        leak_known_at=incident.leak_known_at,
        kinds_of_data=tuple(label for name, label in KINDS_OF_DATA if getattr(incident, name)),
        reasons=tuple(words.ja for words in reporting_reasons(duty_case(incident, standing))),
        leaked_items=incident.leaked_items,
        cause=incident.cause,
        technique=incident.technique,
        secondary_damage=incident.secondary_damage,
        response_to_people=incident.response_to_people,
        publication=incident.publication,
        prevention=incident.prevention,
        is_exercise=incident.is_exercise,
        is_demonstration=settings.IS_DEMONSTRATION,
    )


def _systems(incident: Incident) -> tuple[SystemRow, ...]:
    return tuple(
        SystemRow(
            each.system.name,
            str(each.system.get_network_zone_display()),
            each.effect,
            each.stopped_at,
            each.contained_at,
            each.restored_at,
        )
        for each in affected_of(incident)
    )


def _actions(incident: Incident) -> tuple[str, ...]:
    """Return what was done, by the tasks ticked off, in the order of doing."""
    done = IncidentTask.objects.unscoped(WHY).filter(incident=incident, done_at__isnull=False)
    return tuple(
        f"{task.title}({task.result})" if task.result else task.title
        for task in done.order_by("done_at", "id")
    )
