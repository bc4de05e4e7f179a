"""Keep the files of an edition as they are first made."""

from yui.governance.reports.engine.content import LANGUAGES, digest
from yui.governance.reports.formats.files import make_file, versions_of
from yui.governance.reports.models import Edition, EditionFile, FileFormat
from yui.governance.reports.operations.editions import locked_report, subject_of
from yui.governance.reports.queries.reports import content_of
from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.paper import NoJapaneseFont
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.tasks.operations import enqueue

JOB = "reports.files"


def kept_file(edition: Edition, language: str, file_format: str) -> EditionFile | None:
    """Return a file of an edition that was made before."""
    known = EditionFile.objects.unscoped("files of an edition that the caller may see")
    return known.filter(edition=edition, language=language, file_format=file_format).first()


def keep_file(actor: Actor, *, edition: Edition, language: str, file_format: str) -> EditionFile:
    """Return a file of an edition: the one that was kept, or made now and kept.

    Raises:
        NoJapaneseFont: when the machine has no font for the PDF.
        PermissionRefused: when it has to be made and the actor may not export for the report's organisation.
    """
    found = kept_file(edition, language, file_format)
    if found is not None:
        return found
    made = make_file(content_of(edition), language, file_format)
    return keep_made(actor, edition=edition, language=language, file_format=file_format, made=made)


@operation("reports.file.keep")
def keep_made(actor: Actor, *, edition: Edition, language: str, file_format: str, made: bytes) -> EditionFile:
    """Keep a file that was made of an edition, once: the bytes follow from the edition, whoever asks.

    Raises:
        PermissionRefused: when the actor may not export for the report's organisation.
    """
    require(actor, Verb.EXPORT, edition.report.organisation)
    locked_report(edition.report)
    found = kept_file(edition, language, file_format)
    if found is not None:
        record_nothing("somebody else kept it a moment ago")
        return found
    kept = EditionFile.objects.create(
        edition=edition,
        language=language,
        file_format=file_format,
        sha256=digest(made),
        content=made,
        made_with=versions_of(file_format),
        made_at=now(),
    )
    record(
        edition.report.organisation,
        subject=subject_of(edition.report),
        summary=f"{edition.report}のファイル({language}、{file_format})をつくりました。",
        data={"edition": edition.number, "audience": edition.audience, "sha256": kept.sha256},
        visibility=edition.report.visibility,
    )
    return kept


def keep_files(actor: Actor, *, edition: Edition) -> list[EditionFile]:
    """Keep every file of an edition that the machine can make: all languages, all formats."""
    kept = []
    for language in LANGUAGES:
        for file_format in FileFormat.values:
            try:
                kept.append(keep_file(actor, edition=edition, language=language, file_format=file_format))
            except NoJapaneseFont:
                continue
    return kept


def enqueue_files(edition: Edition) -> None:
    """Let the worker make the files of an edition that is meant to last."""
    organisation = edition.report.organisation
    enqueue(Actor.system("reports"), organisation, JOB, edition=edition.pk)
