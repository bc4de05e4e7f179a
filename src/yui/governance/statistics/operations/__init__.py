"""Verbs of the statistics; one per file."""

from yui.governance.statistics.operations.load_observations import load_observations
from yui.governance.statistics.operations.receive_file import cancel_intake, keep_file, receive_file
from yui.governance.statistics.operations.save_series import save_series
from yui.governance.statistics.operations.save_source import save_source
from yui.governance.statistics.operations.withdraw_intake import withdraw_intake

__all__ = [
    "cancel_intake",
    "keep_file",
    "load_observations",
    "receive_file",
    "save_series",
    "save_source",
    "withdraw_intake",
]
