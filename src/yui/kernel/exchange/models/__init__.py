"""What the room keeps: one record per file taken in."""

from yui.kernel.exchange.models.import_run import ImportRun, RunState

__all__ = ["ImportRun", "RunState"]
