"""架空データ of the room, in the order in which one thing stands on another."""

from yui.kernel.demonstration import Demonstration
from yui.transition.costs.demo import bills, invoices
from yui.transition.costs.demo.bills import MADE_UP

__all__ = ["MADE_UP", "seed"]


def seed(demo: Demonstration) -> None:
    """Seed every figure of the room; a second run finds everything there and changes nothing."""
    bills.seed(demo)
    invoices.seed(demo)
