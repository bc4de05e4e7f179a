"""Records of the costs room."""

from yui.transition.costs.models.amortised_cost import AmortisedCost
from yui.transition.costs.models.bill import BillImport, BillKind, BillPart
from yui.transition.costs.models.expenditure import ExpenditureKind, FiscalIndicator, TotalExpenditure
from yui.transition.costs.models.file_intake import FileIntake, IntakeState
from yui.transition.costs.models.mapping import MatchColumn, SystemMapping
from yui.transition.costs.models.monthly_cost import MonthlyCost
from yui.transition.costs.models.rate import ExchangeRate
from yui.transition.costs.models.roll_up_edition import RollUpEdition

__all__ = [
    "AmortisedCost",
    "BillImport",
    "BillKind",
    "BillPart",
    "ExchangeRate",
    "ExpenditureKind",
    "FileIntake",
    "FiscalIndicator",
    "IntakeState",
    "MatchColumn",
    "MonthlyCost",
    "RollUpEdition",
    "SystemMapping",
    "TotalExpenditure",
]
