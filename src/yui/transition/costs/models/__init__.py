"""Records of the costs room."""

from yui.transition.costs.models.bill import BillImport, BillKind, BillPart
from yui.transition.costs.models.expenditure import ExpenditureKind, FiscalIndicator, TotalExpenditure
from yui.transition.costs.models.invoice import InvoiceKind, InvoiceTotal
from yui.transition.costs.models.mapping import MatchColumn, SystemMapping
from yui.transition.costs.models.monthly_cost import MonthlyCost
from yui.transition.costs.models.rate import ExchangeRate

__all__ = [
    "BillImport",
    "BillKind",
    "BillPart",
    "ExchangeRate",
    "ExpenditureKind",
    "FiscalIndicator",
    "InvoiceKind",
    "InvoiceTotal",
    "MatchColumn",
    "MonthlyCost",
    "SystemMapping",
    "TotalExpenditure",
]
