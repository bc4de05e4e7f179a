"""Makes every kept file again and compares: the same content must give the same bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from yui.governance.reports.engine.content import digest
from yui.governance.reports.formats.files import make_file, versions_of
from yui.governance.reports.models import Edition, EditionFile
from yui.governance.reports.queries.reports import content_of
from yui.kernel.paper import NoJapaneseFont

WHY = "every edition of the installation is verified"


class Finding(StrEnum):
    """What comparing shows."""

    SAME = "same"
    OTHER_TOOLS = "other_tools"
    """The bytes differ, and so do the versions of what made them: expected."""
    NOT_MADE = "not_made"
    """This machine lacks the font for the file."""
    DIFFERENT = "different"
    """The bytes differ although the same tools made them."""
    CONTENT_CHANGED = "content_changed"
    """The content of the edition does not have its hash."""
    FILE_CHANGED = "file_changed"
    """The kept bytes do not have their hash."""

    @property
    def is_fault(self) -> bool:
        """Whether somebody has to look into it."""
        return self in {Finding.DIFFERENT, Finding.CONTENT_CHANGED, Finding.FILE_CHANGED}


@dataclass(frozen=True)
class Verified:
    """One edition (``file`` is empty) or one file of it, and what was found."""

    report: str
    audience: str
    number: int
    file: str
    finding: Finding
    made_with: str


def verify() -> Iterator[Verified]:
    """Yield every edition and every kept file with what comparing shows, the oldest first."""
    editions = Edition.objects.unscoped(WHY).select_related("report__organisation").order_by("pk")
    for edition in editions.iterator(chunk_size=50):
        is_whole = digest(edition.content) == edition.sha256
        finding = Finding.SAME if is_whole else Finding.CONTENT_CHANGED
        yield _verified(edition, "", finding, edition.made_from)
        if is_whole:
            files = EditionFile.objects.unscoped(WHY).filter(edition=edition)
            yield from (_compared(edition, file) for file in files)


def _compared(edition: Edition, file: EditionFile) -> Verified:
    name = f"{file.language}.{file.file_format}"
    if digest(bytes(file.content)) != file.sha256:
        return _verified(edition, name, Finding.FILE_CHANGED, file.made_with)
    try:
        made = make_file(content_of(edition), file.language, file.file_format)
    except NoJapaneseFont:
        return _verified(edition, name, Finding.NOT_MADE, file.made_with)
    if digest(made) == file.sha256:
        finding = Finding.SAME
    elif versions_of(file.file_format) != file.made_with:
        finding = Finding.OTHER_TOOLS
    else:
        finding = Finding.DIFFERENT
    return _verified(edition, name, finding, file.made_with)


def _verified(edition: Edition, file: str, finding: Finding, made_with: str) -> Verified:
    report = edition.report
    title = f"{report.organisation.code} {report.kind} {report.first_day:%Y-%m}"
    return Verified(title, edition.audience, edition.number, file, finding, made_with)
