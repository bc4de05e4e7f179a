"""How editions are read and added; every verb that changes what a report says goes through here."""

from yui import __version__
from yui.governance.reports.engine.content import Content, ContentNote, canonical, digest, with_notes
from yui.governance.reports.models import Audience, Edition, Note, Report
from yui.kernel.calendar_jp import now
from yui.kernel.links import urn


def subject_of(report: Report) -> str:
    """Return the URN under which the ledger tells of a report."""
    return urn("reports.report", report.pk)


def locked_report(report: Report) -> Report:
    """Return the report as stored, locked for this transaction."""
    known = Report.objects.owned_by(report.organisation).select_related("organisation", "plan")
    return known.select_for_update(of=("self",)).get(pk=report.pk)


def last_edition(report: Report, audience: str = Audience.COUNCIL) -> Edition | None:
    """Return the newest edition for an audience."""
    known = Edition.objects.owned_by(report.organisation).filter(report=report, audience=audience)
    return known.order_by("number").last()


def noted(report: Report, content: Content) -> Content:
    """Return the content with the report's present notes."""
    notes = Note.objects.owned_by(report.organisation).filter(report=report)
    return with_notes(
        content, [ContentNote(note.topic, note.text, note.weight, note.is_public) for note in notes]
    )


def add_edition(report: Report, content: Content, audience: str = Audience.COUNCIL) -> Edition | None:
    """Add an edition if it says something else than the one before; return it, None otherwise."""
    text = canonical(content)
    sha256, former = digest(text), last_edition(report, audience)
    if former is not None and former.sha256 == sha256:
        return None
    return Edition.objects.create(
        report=report,
        audience=audience,
        number=former.number + 1 if former else 1,
        content=text,
        sha256=sha256,
        made_at=now(),
        made_from=f"Yui {__version__}",
    )
