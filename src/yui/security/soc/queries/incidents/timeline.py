"""The timeline of an incident: times, notes, tasks, custody and decisions in one stream."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.security.soc.models import CustodyEntry, Incident, IncidentMoment, IncidentNote, IncidentTask
from yui.security.soc.queries.incidents.moments import WHY, moments_of

TOLD_OTHERWISE = frozenset(
    {
        "soc.incident.record_moment",
        "soc.incident.revise_moment",
        "soc.incident.declare",
        "soc.incident.close",
        "soc.incident.reopen",
        "soc.incident.judge_false",
        "soc.incident.complete_task",
        "soc.incident.add_note",
        "soc.incident.collect_evidence",
        "soc.incident.open_evidence",
        "soc.incident.hand_over_evidence",
        "soc.incident.verify_evidence",
    }
)
"""Verbs whose own records stand in the stream, so that the ledger's line would say the same twice."""


@dataclass(frozen=True)
class TimelineEntry:
    """One line. ``kind`` is moment, note, task, evidence or decision; ``is_revised`` strikes it out."""

    at: datetime
    kind: str
    title: str
    by: str
    text: str = ""
    mark: str = ""
    until: datetime | None = None
    is_revised: bool = False
    is_loud: bool = False
    revise: int | None = None


def timeline_of(incident: Incident) -> list[TimelineEntry]:
    """Return the stream, newest first."""
    entries = [
        *_moments(incident),
        *_notes(incident),
        *_tasks(incident),
        *_custody(incident),
        *_decisions(incident),
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _moments(incident: Incident) -> list[TimelineEntry]:
    moments = moments_of(incident)
    revised = {moment.revises_id for moment in moments}
    return [_moment(moment, moment.pk in revised, incident.round > 1) for moment in moments]


def _moment(moment: IncidentMoment, is_revised: bool, shows_round: bool) -> TimelineEntry:
    title = str(moment.get_kind_display())
    if shows_round:
        title = _("%(title)s(%(round)s回目)") % {"title": title, "round": moment.round}
    return TimelineEntry(
        at=moment.at,
        kind="moment",
        title=title,
        by=moment.recorded_by.name if moment.recorded_by else str(moment.get_source_display()),
        text=moment.note,
        mark=_("訂正") if moment.revises_id else str(moment.get_source_display()),
        until=moment.until,
        is_revised=is_revised,
        revise=None if is_revised else moment.pk,
    )


def _notes(incident: Incident) -> list[TimelineEntry]:
    notes = IncidentNote.objects.unscoped(WHY).filter(incident=incident).select_related("written_by")
    return [
        TimelineEntry(
            at=note.written_at,
            kind="note",
            title=_("記録(ほかの区にも)") if note.for_wards else _("記録"),
            by=note.written_by.name if note.written_by else "",
            text=note.text,
            mark=str(note.get_tlp_display()),
        )
        for note in notes
    ]


def _tasks(incident: Incident) -> list[TimelineEntry]:
    done = IncidentTask.objects.unscoped(WHY).filter(incident=incident, done_at__isnull=False)
    return [
        TimelineEntry(
            at=task.done_at,
            kind="task",
            title=_("作業を済ませた: %(task)s") % {"task": task.title},
            by=task.done_by.name if task.done_by else "",
            text=task.result,
        )
        for task in done.select_related("done_by")
    ]


def _custody(incident: Incident) -> list[TimelineEntry]:
    rows = CustodyEntry.objects.unscoped(WHY).filter(evidence__incident=incident)
    return [
        TimelineEntry(
            at=row.at,
            kind="evidence",
            title=_("証拠「%(name)s」: %(act)s") % {"name": row.evidence.name, "act": row.get_act_display()},
            by=row.by.name if row.by else "",
            text=" ".join(part for part in (row.holder, row.purpose) if part),
            mark="" if row.is_intact else _("採取時と違う"),
            is_loud=not row.is_intact,
        )
        for row in rows.select_related("evidence", "by")
    ]


def _decisions(incident: Incident) -> list[TimelineEntry]:
    """Return what the ledger tells besides: severity, personal data, command, papers, alerts."""
    return [
        TimelineEntry(at=entry.at, kind="decision", title=entry.summary, by=entry.actor_name)
        for entry in history_of(urn("soc.incident", incident.pk))
        if entry.verb not in TOLD_OTHERWISE
    ]
