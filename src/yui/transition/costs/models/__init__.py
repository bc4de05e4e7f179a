"""Records of the costs room."""

from yui.transition.costs.models.account_use import AccountUse, UseForm
from yui.transition.costs.models.allocated_cost import AllocatedCost
from yui.transition.costs.models.allocation_basis import ResidentCount, UsageQuantity
from yui.transition.costs.models.allocation_rule import (
    AllocationMethod,
    AllocationRule,
    AllocationRuleVersion,
    AllocationShare,
    AllocationState,
)
from yui.transition.costs.models.amortised_cost import AmortisedCost
from yui.transition.costs.models.anomaly import (
    AnomalyGrain,
    AnomalyKind,
    AnomalyState,
    CostAnomaly,
)
from yui.transition.costs.models.bill import BillImport, BillKind, BillPart
from yui.transition.costs.models.budget import BudgetKind, BudgetLine
from yui.transition.costs.models.expenditure import ExpenditureKind, FiscalIndicator, TotalExpenditure
from yui.transition.costs.models.file_intake import FileIntake, IntakeState
from yui.transition.costs.models.forecast import CostForecast
from yui.transition.costs.models.invoice import InvoiceKind, InvoiceTotal
from yui.transition.costs.models.mapping import MatchColumn, SystemMapping
from yui.transition.costs.models.monthly_cost import MonthlyCost
from yui.transition.costs.models.petition import (
    ExhibitKind,
    Petition,
    PetitionEvidence,
    PetitionRequest,
    PetitionState,
)
from yui.transition.costs.models.rate import ExchangeRate
from yui.transition.costs.models.ratio_definition import CompletionRule, RatioDefinition
from yui.transition.costs.models.roll_up_edition import RollUpEdition

__all__ = [
    "AccountUse",
    "AllocatedCost",
    "AllocationMethod",
    "AllocationRule",
    "AllocationRuleVersion",
    "AllocationShare",
    "AllocationState",
    "AmortisedCost",
    "AnomalyGrain",
    "AnomalyKind",
    "AnomalyState",
    "BillImport",
    "BillKind",
    "BillPart",
    "BudgetKind",
    "BudgetLine",
    "CompletionRule",
    "CostAnomaly",
    "CostForecast",
    "ExchangeRate",
    "ExhibitKind",
    "ExpenditureKind",
    "FileIntake",
    "FiscalIndicator",
    "IntakeState",
    "InvoiceKind",
    "InvoiceTotal",
    "MatchColumn",
    "MonthlyCost",
    "Petition",
    "PetitionEvidence",
    "PetitionRequest",
    "PetitionState",
    "RatioDefinition",
    "ResidentCount",
    "RollUpEdition",
    "SystemMapping",
    "TotalExpenditure",
    "UsageQuantity",
    "UseForm",
]
