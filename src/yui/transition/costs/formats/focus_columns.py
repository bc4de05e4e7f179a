"""The columns of FOCUS (FinOps Open Cost and Usage Specification), versions 1.0 to 1.4.

Names, levels, types and the version that introduced each column are facts of the specification
(https://focus.finops.org, CC-BY-4.0).
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    TIME = "time"
    JSON = "json"


class Level(StrEnum):
    """How strongly the specification asks for a column."""

    MANDATORY = "mandatory"
    CONDITIONAL = "conditional"
    RECOMMENDED = "recommended"


@dataclass(frozen=True)
class Column:
    """One column of the specification.

    Attributes:
        name: as the specification spells it.
        since: the version that introduced it.
        level: how strongly it is asked for.
        kind: what it holds.
        allows_null: whether the specification allows an empty value.
        until: the last version that has it, empty when it still stands.
    """

    name: str
    since: str
    level: Level
    kind: Kind
    allows_null: bool
    until: str = ""

    def is_in(self, version: str) -> bool:
        """Tell whether ``version`` has the column."""
        return self.since <= version and (not self.until or version <= self.until)


VERSIONS = ("1.0", "1.1", "1.2", "1.3", "1.4")

_M, _C, _R = Level.MANDATORY, Level.CONDITIONAL, Level.RECOMMENDED
_TEXT, _NUMBER, _TIME, _JSON = Kind.TEXT, Kind.NUMBER, Kind.TIME, Kind.JSON

COST_AND_USAGE = (
    Column("AllocatedMethodDetails", "1.3", _R, _JSON, True),
    Column("AllocatedMethodId", "1.3", _C, _TEXT, True),
    Column("AllocatedResourceId", "1.3", _C, _TEXT, True),
    Column("AllocatedResourceName", "1.3", _C, _TEXT, True),
    Column("AllocatedTags", "1.3", _C, _JSON, True),
    Column("AvailabilityZone", "1.0", _R, _TEXT, True),
    Column("BilledCost", "1.0", _M, _NUMBER, False),
    Column("BillingAccountId", "1.0", _M, _TEXT, False),
    Column("BillingAccountName", "1.0", _M, _TEXT, True),
    Column("BillingAccountType", "1.2", _C, _TEXT, False),
    Column("BillingCurrency", "1.0", _M, _TEXT, False),
    Column("BillingPeriodEnd", "1.0", _M, _TIME, False),
    Column("BillingPeriodStart", "1.0", _M, _TIME, False),
    Column("CapacityReservationId", "1.1", _C, _TEXT, True),
    Column("CapacityReservationStatus", "1.1", _C, _TEXT, True),
    Column("ChargeCategory", "1.0", _M, _TEXT, False),
    Column("ChargeClass", "1.0", _M, _TEXT, True),
    Column("ChargeDescription", "1.0", _M, _TEXT, True),
    Column("ChargeFrequency", "1.0", _R, _TEXT, False),
    Column("ChargePeriodEnd", "1.0", _M, _TIME, False),
    Column("ChargePeriodStart", "1.0", _M, _TIME, False),
    Column("CommitmentDiscountCategory", "1.0", _C, _TEXT, True),
    Column("CommitmentDiscountId", "1.0", _C, _TEXT, True),
    Column("CommitmentDiscountName", "1.0", _C, _TEXT, True),
    Column("CommitmentDiscountQuantity", "1.1", _C, _NUMBER, True),
    Column("CommitmentDiscountStatus", "1.0", _C, _TEXT, True),
    Column("CommitmentDiscountType", "1.0", _C, _TEXT, True),
    Column("CommitmentDiscountUnit", "1.1", _C, _TEXT, True),
    Column("CommitmentProgramEligibilityDetails", "1.4", _C, _JSON, True),
    Column("ConsumedQuantity", "1.0", _C, _NUMBER, True),
    Column("ConsumedUnit", "1.0", _C, _TEXT, True),
    Column("ContractApplied", "1.3", _C, _JSON, True),
    Column("ContractedCost", "1.0", _M, _NUMBER, False),
    Column("ContractedUnitPrice", "1.0", _C, _NUMBER, True),
    Column("EffectiveCost", "1.0", _M, _NUMBER, False),
    Column("HostProviderName", "1.3", _M, _TEXT, True),
    Column("InvoiceDetailId", "1.4", _C, _TEXT, True),
    Column("InvoiceId", "1.2", _C, _TEXT, True),
    Column("InvoiceIssuerName", "1.0", _M, _TEXT, False),
    Column("ListCost", "1.0", _M, _NUMBER, False),
    Column("ListUnitPrice", "1.0", _C, _NUMBER, True),
    Column("PricingCategory", "1.0", _C, _TEXT, True),
    Column("PricingCurrency", "1.2", _C, _TEXT, False),
    Column("PricingCurrencyContractedUnitPrice", "1.2", _C, _NUMBER, True),
    Column("PricingCurrencyEffectiveCost", "1.2", _C, _NUMBER, False),
    Column("PricingCurrencyListUnitPrice", "1.2", _C, _NUMBER, True),
    Column("PricingQuantity", "1.0", _M, _NUMBER, True),
    Column("PricingUnit", "1.0", _M, _TEXT, True),
    Column("ProviderName", "1.0", _M, _TEXT, False, until="1.3"),
    Column("PublisherName", "1.0", _M, _TEXT, False, until="1.3"),
    Column("RegionId", "1.0", _C, _TEXT, True),
    Column("RegionName", "1.0", _C, _TEXT, True),
    Column("ResourceId", "1.0", _C, _TEXT, True),
    Column("ResourceName", "1.0", _C, _TEXT, True),
    Column("ResourceType", "1.0", _C, _TEXT, True),
    Column("ServiceCategory", "1.0", _M, _TEXT, False),
    Column("ServiceName", "1.0", _M, _TEXT, False),
    Column("ServiceProviderName", "1.3", _M, _TEXT, False),
    Column("ServiceSubcategory", "1.1", _R, _TEXT, False),
    Column("SkuId", "1.0", _C, _TEXT, True),
    Column("SkuMeter", "1.1", _C, _TEXT, True),
    Column("SkuPriceDetails", "1.1", _C, _JSON, True),
    Column("SkuPriceId", "1.0", _C, _TEXT, True),
    Column("SubAccountId", "1.0", _C, _TEXT, True),
    Column("SubAccountName", "1.0", _C, _TEXT, True),
    Column("SubAccountType", "1.2", _C, _TEXT, True),
    Column("Tags", "1.0", _C, _JSON, True),
)

CONTRACT_COMMITMENT = (
    Column("BillingCurrency", "1.3", _M, _TEXT, True),
    Column("ContractCommitmentApplicability", "1.4", _M, _JSON, False),
    Column("ContractCommitmentBenefitCategory", "1.4", _M, _TEXT, False),
    Column("ContractCommitmentCategory", "1.3", _M, _TEXT, False),
    Column("ContractCommitmentCost", "1.3", _M, _NUMBER, True),
    Column("ContractCommitmentCreated", "1.4", _M, _TIME, False),
    Column("ContractCommitmentDescription", "1.3", _M, _TEXT, True),
    Column("ContractCommitmentDiscountPercentage", "1.4", _M, _NUMBER, True),
    Column("ContractCommitmentDurationType", "1.4", _M, _TEXT, False),
    Column("ContractCommitmentFulfillmentInterval", "1.4", _M, _TEXT, False),
    Column("ContractCommitmentId", "1.3", _M, _TEXT, False),
    Column("ContractCommitmentLastUpdated", "1.4", _M, _TIME, False),
    Column("ContractCommitmentLifecycleStatus", "1.4", _M, _TEXT, False),
    Column("ContractCommitmentModel", "1.4", _M, _TEXT, False),
    Column("ContractCommitmentOfferCategory", "1.4", _M, _TEXT, False),
    Column("ContractCommitmentPaymentInterval", "1.4", _M, _TEXT, False),
    Column("ContractCommitmentPaymentModel", "1.4", _M, _TEXT, False),
    Column("ContractCommitmentPaymentUpfrontPercentage", "1.4", _C, _NUMBER, False),
    Column("ContractCommitmentPeriodEnd", "1.3", _M, _TIME, False),
    Column("ContractCommitmentPeriodStart", "1.3", _M, _TIME, False),
    Column("ContractCommitmentQuantity", "1.3", _M, _NUMBER, True),
    Column("ContractCommitmentType", "1.3", _M, _TEXT, False),
    Column("ContractCommitmentUnit", "1.3", _M, _TEXT, True),
    Column("ContractId", "1.3", _M, _TEXT, False),
    Column("ContractPeriodEnd", "1.3", _M, _TIME, False),
    Column("ContractPeriodStart", "1.3", _M, _TIME, False),
    Column("InvoiceIssuerName", "1.4", _M, _TEXT, False),
    Column("PricingCurrency", "1.4", _C, _TEXT, False),
    Column("PricingCurrencyContractCommitmentCost", "1.4", _C, _NUMBER, True),
    Column("ServiceProviderName", "1.4", _M, _TEXT, False),
)
