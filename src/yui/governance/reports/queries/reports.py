"""Reports, editions, notes and plans as a reader may see them."""

import json
from dataclasses import dataclass
from datetime import datetime

from yui.governance.reports.engine.content import Content, ContentNote, public_content, with_notes
from yui.governance.reports.models import Audience, Edition, EditionFile, Note, PlanItem, Report, ReportPlan
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet


def reports_for(actor: Actor) -> ScopedQuerySet:
    """Return the reports that the actor may see, with their organisations."""
    return Report.objects.visible_to(actor).select_related("organisation")


def plans_for(actor: Actor) -> ScopedQuerySet:
    """Return the plans that the actor may see, with their organisations."""
    return ReportPlan.objects.visible_to(actor).select_related("organisation")


def items_of(actor: Actor, plan: ReportPlan) -> list[PlanItem]:
    """Return the indicators of a plan in their order."""
    return list(PlanItem.objects.visible_to(actor).filter(plan=plan))


def editions_of(actor: Actor, report: Report) -> list[Edition]:
    """Return the editions of a report without their contents, the newest first."""
    found = Edition.objects.visible_to(actor).filter(report=report).defer("content")
    return list(found.order_by("-made_at", "-number", "audience"))


def edition_of(actor: Actor, report: Report, audience: str = Audience.COUNCIL) -> Edition | None:
    """Return the newest edition of a report for an audience."""
    found = Edition.objects.visible_to(actor).filter(report=report, audience=audience)
    return found.order_by("number").last()


def files_of(actor: Actor, report: Report) -> list[EditionFile]:
    """Return the kept files of a report's editions without their bytes."""
    found = EditionFile.objects.visible_to(actor).filter(edition__report=report)
    return list(found.defer("content").order_by("edition_id", "language", "file_format"))


def notes_of(actor: Actor, report: Report) -> list[Note]:
    """Return the notes of a report with their authors, what matters most first."""
    return list(Note.objects.visible_to(actor).filter(report=report).select_related("author"))


def content_of(edition: Edition) -> Content:
    """Return what an edition says."""
    told: Content = json.loads(edition.content)
    return told


def content_now(edition: Edition, notes: list[Note]) -> Content:
    """Return an edition's content with the notes as they are now: what closing would freeze."""
    told = content_of(edition)
    return with_notes(
        told, [ContentNote(each.topic, each.text, each.weight, each.is_public) for each in notes]
    )


def public_preview(edition: Edition, notes: list[Note]) -> Content:
    """Return what publishing would show to everybody."""
    return public_content(content_now(edition, notes))


@dataclass(frozen=True)
class PublicReport:
    """A published report as the public list names it."""

    report_id: int
    title: str
    whose: str
    period_text: str
    published_at: datetime
    number: int


def public_editions() -> ScopedQuerySet:
    """Return the public editions of published reports: all that a visitor may read."""
    return Edition.objects.visible_to(Actor.anonymous()).select_related("report__organisation")


def public_edition(report_id: int) -> Edition | None:
    """Return the newest public edition of a report; None for any other key, however large."""
    return public_editions().filter(report__id=report_id).order_by("number").last()


def public_reports() -> list[PublicReport]:
    """Return the published reports, the newest period first, each with its newest public edition."""
    editions = public_editions().defer("content").order_by("number")
    newest = {each.report_id: each for each in editions}
    found = sorted(newest.values(), key=lambda each: (each.report.first_day, each.report_id), reverse=True)
    return [
        PublicReport(
            each.report_id,
            str(each.report),
            each.report.whose,
            each.report.period.label,
            each.made_at,
            each.number,
        )
        for each in found
    ]


def public_files(edition: Edition, language: str) -> list[EditionFile]:
    """Return the kept files of a public edition without their bytes, those in the language first."""
    found = EditionFile.objects.visible_to(Actor.anonymous()).filter(edition=edition)
    return sorted(found.defer("content"), key=lambda file: file.language != language)


def public_file(report_id: int, language: str, file_format: str) -> EditionFile | None:
    """Return a kept file of the report's newest public edition; None for anything else."""
    edition = public_edition(report_id)
    if edition is None:
        return None
    found = EditionFile.objects.visible_to(Actor.anonymous()).select_related("edition__report__organisation")
    return found.filter(edition=edition, language=language, file_format=file_format).first()
