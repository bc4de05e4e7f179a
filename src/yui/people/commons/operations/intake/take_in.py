"""Take an export of Slack or Discourse in."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from yui.kernel.calendar_jp import now
from yui.kernel.exchange.formats.guards import safe_name
from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, Visibility
from yui.people.commons.formats.discourse import DiscourseExport
from yui.people.commons.formats.export_files import ExportFiles, FileLimits, export_files
from yui.people.commons.formats.imported import Export, ImportedThread, LeftOut, Reason
from yui.people.commons.formats.slack import SOLVED_REACTIONS, SlackExport
from yui.people.commons.models import CommonsIntake, IntakeFormat, Question
from yui.people.commons.operations.intake.authors import Authors
from yui.people.commons.operations.intake.known_threads import renew_threads
from yui.people.commons.operations.intake.new_threads import solution_of, write_new_threads
from yui.people.commons.operations.intake.spool import Progress, Spool
from yui.people.commons.policies import require_intake

_CLOCKS_DIFFER = timedelta(days=1)


@dataclass(frozen=True)
class IntakeChoices:
    """How an export is taken in.

    Attributes:
        format: where it comes from.
        visibility: who sees the questions, ``own`` or ``wards``.
        solved_reactions: Slack: reactions that mark a thread as solved.
        all_messages: Slack: messages without replies become questions too.
    """

    format: IntakeFormat
    visibility: Visibility = Visibility.WARDS
    solved_reactions: tuple[str, ...] = SOLVED_REACTIONS
    all_messages: bool = False


def take_in(
    actor: Actor,
    *,
    organisation: Organisation,
    path: Path,
    file_name: str,
    choices: IntakeChoices,
    progress: Progress = lambda _done: None,
    limits: FileLimits | None = None,
) -> CommonsIntake:
    """Take the threads of an export in as questions of ``organisation``; all of them or, on a fault, none.

    A second run finds everything known; a later export adds what is new. Reading comes first, and the change
    in one transaction after it.

    Raises:
        PermissionRefused: as ``require_intake``.
        ExportUnusable: where the file is no such export; nothing was changed.
        ValueError: for a visibility that is not offered here.
    """
    require_intake(actor, organisation)
    if choices.visibility not in (Visibility.OWN, Visibility.WARDS):
        raise ValueError(choices.visibility)
    with export_files(path, limits) as files, Spool() as spool:
        export = _export_of(files, choices)
        spool.fill(export, now() + _CLOCKS_DIFFER, progress)
        intake = CommonsIntake(
            organisation=organisation,
            format=choices.format,
            file_name=safe_name(file_name),
            sha256=files.sha256(),
            by_id=actor.user_id,
        )
        return _write(
            actor, intake=intake, spool=spool, export=export, visibility=choices.visibility, progress=progress
        )


def _export_of(files: ExportFiles, choices: IntakeChoices) -> Export:
    latest = now() + _CLOCKS_DIFFER
    if choices.format == IntakeFormat.DISCOURSE:
        return DiscourseExport(files, latest)
    return SlackExport(files, latest, choices.solved_reactions, choices.all_messages)


@operation("commons.intake.take")
def _write(
    actor: Actor,
    *,
    intake: CommonsIntake,
    spool: Spool,
    export: Export,
    visibility: Visibility,
    progress: Progress,
) -> CommonsIntake:
    """Take an export in, and remember what was left out."""
    organisation = intake.organisation
    require_intake(actor, organisation)
    authors = Authors(organisation, export.source, export.people)
    counts: Counter[str] = Counter()
    people: set[str] = set()
    done = 0
    for chunk in spool.chunks():
        people |= _write_chunk(chunk, organisation, visibility, authors, export.left_out, counts)
        done += len(chunk)
        progress(done)
    intake.at = now()
    intake.users, intake.questions = len(people), counts["questions"]
    intake.answers, intake.solved = counts["answers"], counts["solved"]
    intake.skipped, intake.skipped_count = export.left_out.lines(), export.left_out.messages
    intake.save()
    record(
        organisation,
        subject=urn("commons.intake", intake.pk),
        summary=f"{intake.get_format_display()} の「{intake.file_name}」から質問{intake.questions:,}件と"
        f"回答{intake.answers:,}件を取り込みました。",
        data={
            "format": intake.format,
            "sha256": intake.sha256,
            "users": intake.users,
            "solved": intake.solved,
            "skipped": intake.skipped_count,
            "visibility": visibility,
        },
    )
    return intake


def _write_chunk(
    chunk: Sequence[ImportedThread],
    organisation: Organisation,
    visibility: Visibility,
    authors: Authors,
    left_out: LeftOut,
    counts: Counter[str],
) -> set[str]:
    """Write some threads, add to ``counts``, and return who wrote what is new.

    A thread that stands in the file twice is new the first time and known the second.
    """
    known: dict[str, Question] = {
        question.source_key: question
        for question in Question.objects.owned_by(organisation)
        .filter(source_key__in=[thread.key for thread in chunk])
        .select_for_update(of=("self",))
    }
    fresh: dict[str, ImportedThread] = {}
    here: list[tuple[ImportedThread, Question]] = []
    again: list[ImportedThread] = []
    for thread in chunk:
        if (question := known.get(thread.key)) is not None:
            here.append((thread, question))
        elif thread.key in fresh:
            again.append(thread)
        elif thread.opening is not None:
            fresh[thread.key] = thread
        else:
            left_out.add(thread.place, Reason.NO_ROOT, thread.key, thread.messages)
    posts = [post for thread in chunk for post in (thread.opening, *thread.replies) if post]
    authors.ensure(post.person for post in posts)
    write_new_threads(list(fresh.values()), organisation, visibility, authors)
    renewal = renew_threads(here, authors, left_out)
    counts["questions"] += len(fresh)
    counts["answers"] += sum(len(thread.replies) for thread in fresh.values()) + renewal.answers
    counts["solved"] += sum(solution_of(thread) is not None for thread in fresh.values()) + renewal.solved
    written = (post for thread in fresh.values() for post in (thread.opening, *thread.replies) if post)
    people = {post.person for post in written} | renewal.people
    if again:
        people |= _write_chunk(again, organisation, visibility, authors, left_out, counts)
    return people
