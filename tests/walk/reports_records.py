"""A plan, a draft with a note, and an edition that only their ward sees, every text with the secret."""

from yui.governance.reports.facts import ItemFacts, NoteFacts, PlanFacts
from yui.governance.reports.models import Edition
from yui.governance.reports.operations import add_note, close_report, make_report, save_plan
from yui.kernel.calendar_jp import Month, Period
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation

ADDRESSES = {
    "api:get_report.report_id": "council_report",
    "reports:close.pk": "council_report",
    "reports:edition-file.pk": "report_edition",
    "reports:note.pk": "report_note",
    "reports:note-new.pk": "council_report",
    "reports:plan.pk": "report_plan",
    "reports:plan-make.pk": "report_plan",
    "reports:public-file.pk": "council_report",
    "reports:public-report.pk": "council_report",
    "reports:publish.pk": "council_report",
    "reports:remake.pk": "council_report",
    "reports:report.pk": "council_report",
}
"""Parameters of addresses that name a record, with the key of the record."""
OTHERS = {
    "reports:edition-file.file_format": "xlsx",
    "reports:edition-file.language": "ja",
    "reports:public-file.file_format": "xlsx",
    "reports:public-file.language": "ja",
}
"""Parameters that name no record, with their values."""


def make_reports_records(ward: Organisation, secret: str, actor: Actor) -> dict[str, int | str]:
    """Make a closed report whose plan's title and notes hold the secret, one of them marked public."""
    facts = PlanFacts(
        "monthly", f"{secret}の型", (ItemFacts("1-KSI-1", is_public=True),), note=f"{secret}のメモ"
    )
    plan = save_plan(actor, organisation=ward, facts=facts)
    report = make_report(actor, plan=plan, period=Period.of_month(Month(2026, 5))).report
    note = add_note(actor, report=report, facts=NoteFacts("risk", f"{secret}の危険", is_public=True))
    add_note(actor, report=report, facts=NoteFacts("decision", f"{secret}の決定"))
    close_report(actor, report=report)
    edition = Edition.objects.owned_by(ward).filter(report=report).latest("number")
    return {
        "council_report": report.pk,
        "report_edition": edition.pk,
        "report_note": note.pk,
        "report_plan": plan.pk,
    }
