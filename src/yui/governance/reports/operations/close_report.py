"""Close a report."""

from yui.governance.reports.errors import AlreadyClosed
from yui.governance.reports.models import Audience, Report, ReportState
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


@operation("reports.report.close")
def close_report(actor: Actor, *, report: Report) -> Report:
    """Close a draft: its figures as they were last made, with the notes as they are now.

    Raises:
        PermissionRefused: when the actor may not approve for the organisation.
        AlreadyClosed: when it is a draft no more.
    """
    require(actor, Verb.APPROVE, report.organisation)
    stored = locked_report(report)
    if not stored.is_draft:
        raise AlreadyClosed
    edition = last_edition(stored)
    if edition is None:
        raise LookupError(f"report {stored.pk} has no edition")
    edition = add_edition(stored, noted(stored, content_of(edition)), Audience.COUNCIL) or edition
    stored.state, stored.closed_at, stored.closed_by_id = ReportState.CLOSED, now(), actor.user_id
    stored.save()
    record(
        stored.organisation,
        subject=subject_of(stored),
        summary=f"{stored}を確定しました(第{edition.number}版)。",
        changes={"state": [ReportState.DRAFT.value, ReportState.CLOSED.value]},
        data={"edition": edition.number, "sha256": edition.sha256},
        visibility=stored.visibility,
    )
    enqueue_files(edition)
    return stored
