"""Publish a report, or a corrected edition of one."""

from yui.governance.reports.engine.content import public_content
from yui.governance.reports.errors import NotClosed, NothingNew, NothingPublic
from yui.governance.reports.models import Audience, Edition, Report, ReportState
from yui.governance.reports.operations.editions import (
    add_edition,
    last_edition,
    locked_report,
    noted,
    subject_of,
)
from yui.governance.reports.operations.keep_files import enqueue_files
from yui.governance.reports.queries.reports import content_of
from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require


@operation("reports.report.publish")
def publish_report(actor: Actor, *, report: Report) -> Edition:
    """Make the public edition of a closed report; of a published one a corrected edition beside the former.

    It holds what is marked public in the council's newest edition, and the public notes as they are now.

    Raises:
        PermissionRefused: when the actor may not approve for the organisation.
        NotClosed: while the report is a draft.
        NothingPublic: when nothing is marked public.
        NothingNew: when the public edition says the same already.
    """
    require(actor, Verb.APPROVE, report.organisation)
    stored = locked_report(report)
    council = last_edition(stored)
    if stored.is_draft or council is None:
        raise NotClosed
    content = noted(stored, content_of(council))
    add_edition(stored, content)
    shown = public_content(content)
    if not shown["notes"] and not any(told["indicators"] for told in shown["languages"].values()):
        raise NothingPublic
    edition = add_edition(stored, shown, Audience.PUBLIC)
    if edition is None:
        raise NothingNew
    before = stored.state
    stored.state, stored.published_at = ReportState.PUBLISHED, stored.published_at or now()
    stored.save()
    record(
        stored.organisation,
        subject=subject_of(stored),
        summary=f"{stored}を公表しました(第{edition.number}版)。",
        changes={"state": [before, ReportState.PUBLISHED.value]},
        data={"edition": edition.number, "sha256": edition.sha256},
        visibility=stored.visibility,
    )
    enqueue_files(edition)
    return edition
