"""Plans of reports, the reports of periods with their editions and files, and notes beside them."""

from yui.governance.reports.models.edition import Audience, Edition, EditionFile, EditionIsKept, FileFormat
from yui.governance.reports.models.plan import PlanItem, ReportKind, ReportPlan
from yui.governance.reports.models.report import Note, NoteTopic, Report, ReportState

__all__ = [
    "Audience",
    "Edition",
    "EditionFile",
    "EditionIsKept",
    "FileFormat",
    "Note",
    "NoteTopic",
    "PlanItem",
    "Report",
    "ReportKind",
    "ReportPlan",
    "ReportState",
]
