"""架空データ of the room, in the order in which one thing stands on another."""

from yui.kernel.demonstration import Demonstration
from yui.transition.costs.demo import allocation, bills, budget, commitments, invoices, outlook, petitions
from yui.transition.costs.demo.migration import seed_definition
from yui.transition.costs.demo.pricing import MADE_UP

__all__ = ["MADE_UP", "seed"]


def seed(demo: Demonstration) -> None:
    """Seed every figure of the room; a second run finds everything there and changes nothing."""
    bills.seed(demo)
    allocation.seed(demo)
    commitments.seed(demo)
    invoices.seed(demo)
    outlook.seed(demo)
    budget.seed(demo)
    seed_definition(demo)
    petitions.seed(demo)
