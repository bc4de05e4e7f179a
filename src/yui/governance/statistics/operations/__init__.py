"""Verbs of the statistics; one per file."""

from yui.governance.statistics.operations.save_series import save_series
from yui.governance.statistics.operations.save_source import save_source

__all__ = ["save_series", "save_source"]
