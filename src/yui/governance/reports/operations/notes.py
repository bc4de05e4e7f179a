"""Write, change and remove notes."""

from dataclasses import asdict

from yui.governance.reports.errors import TooManyNotes
from yui.governance.reports.facts import MOST_NOTES, NoteFacts
from yui.governance.reports.models import Note, Report
from yui.governance.reports.operations.editions import locked_report, subject_of
from yui.governance.reports.policies import verb_of_change
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.operations.saving import changes_to, save_values
from yui.kernel.policy import Actor, require


@operation("reports.note.add")
def add_note(actor: Actor, *, report: Report, facts: NoteFacts) -> Note:
    """Add a note. A draft takes it from whoever edits, a closed report as a correction from who approves.

    Raises:
        PermissionRefused: when the actor may not.
        TooManyNotes: beyond ``MOST_NOTES``.
        ValidationError: naming each fact that breaks a rule.
    """
    stored = locked_report(report)
    require(actor, verb_of_change(stored), stored.organisation)
    known = Note.objects.owned_by(stored.organisation).filter(report=stored)
    if known.count() >= MOST_NOTES:
        raise TooManyNotes(MOST_NOTES)
    return _write(Note(report=stored, author_id=actor.user_id), stored, facts)


@operation("reports.note.change")
def change_note(actor: Actor, *, note: Note, facts: NoteFacts) -> Note:
    """Change a note, under the same rules as a new one.

    Raises:
        PermissionRefused: when the actor may not.
        ValidationError: naming each fact that breaks a rule.
    """
    stored = locked_report(note.report)
    require(actor, verb_of_change(stored), stored.organisation)
    known = Note.objects.owned_by(stored.organisation).select_for_update()
    return _write(known.get(pk=note.pk, report=stored), stored, facts)


@operation("reports.note.remove")
def remove_note(actor: Actor, *, note: Note) -> None:
    """Remove a note; editions that hold it stay as they are.

    Raises:
        PermissionRefused: when the actor may not.
    """
    stored = locked_report(note.report)
    require(actor, verb_of_change(stored), stored.organisation)
    text = note.text
    Note.objects.owned_by(stored.organisation).filter(pk=note.pk).delete()
    record(
        stored.organisation,
        subject=subject_of(stored),
        summary=f"{stored}の書き添えを消しました。",
        changes={"text": [text, ""]},
        visibility=stored.visibility,
    )


def _write(note: Note, report: Report, facts: NoteFacts) -> Note:
    values = asdict(facts) | {"text": facts.text.strip()}
    changes = changes_to(note, values)
    if note.pk and not changes:
        record_nothing("the note is as it was")
        return note
    save_values(note, values)
    record(
        report.organisation,
        subject=subject_of(report),
        summary=f"{report}に書き添えました。",
        changes=changes,
        visibility=report.visibility,
    )
    return note
