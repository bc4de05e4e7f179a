"""The room's jobs, one file for each purpose."""

from yui.transition.costs.tasks import check_focus, intakes, outlook

__all__ = ["check_focus", "intakes", "outlook"]
