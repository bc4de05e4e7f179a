"""Verbs of the reports; one per file."""

from yui.governance.reports.operations.close_report import close_report
from yui.governance.reports.operations.keep_files import keep_file, keep_files
from yui.governance.reports.operations.make_report import make_report
from yui.governance.reports.operations.notes import add_note, change_note, remove_note
from yui.governance.reports.operations.publish_report import publish_report
from yui.governance.reports.operations.save_plan import save_plan

__all__ = [
    "add_note",
    "change_note",
    "close_report",
    "keep_file",
    "keep_files",
    "make_report",
    "publish_report",
    "remove_note",
    "save_plan",
]
