"""The values that FOCUS allows in its closed columns, and what a provider must support for a column.

Facts of the specification (https://focus.finops.org, CC-BY-4.0), versions 1.0 to 1.4.
"""

SUBCATEGORIES = {
    "AI and Machine Learning": (
        "AI Platforms",
        "Bots",
        "Generative AI",
        "Machine Learning",
        "Natural Language Processing",
    ),
    "Analytics": (
        "Analytics Platforms",
        "Business Intelligence",
        "Data Processing",
        "Search",
        "Streaming Analytics",
    ),
    "Business Applications": ("Productivity and Collaboration",),
    "Compute": (
        "Containers",
        "End User Computing",
        "Quantum Compute",
        "Serverless Compute",
        "Virtual Machines",
    ),
    "Databases": (
        "Caching",
        "Data Warehouses",
        "Ledger Databases",
        "NoSQL Databases",
        "Relational Databases",
        "Time Series Databases",
    ),
    "Developer Tools": (
        "Developer Platforms",
        "Continuous Integration and Deployment",
        "Development Environments",
        "Source Code Management",
        "Quality Assurance",
    ),
    "Identity": ("Identity and Access Management",),
    "Integration": ("API Management", "Messaging", "Workflow Orchestration"),
    "Internet of Things": ("IoT Analytics", "IoT Platforms"),
    "Management and Governance": (
        "Architecture",
        "Compliance",
        "Cost Management",
        "Data Governance",
        "Disaster Recovery",
        "Endpoint Management",
        "Observability",
        "Support",
    ),
    "Media": ("Content Creation", "Gaming", "Media Streaming", "Mixed Reality"),
    "Migration": ("Data Migration", "Resource Migration"),
    "Mobile": (),
    "Multicloud": ("Multicloud Integration",),
    "Networking": (
        "Application Networking",
        "Content Delivery",
        "Network Connectivity",
        "Network Infrastructure",
        "Network Routing",
        "Network Security",
    ),
    "Security": ("Secret Management", "Security Posture Management", "Threat Detection and Response"),
    "Storage": ("Backup Storage", "Block Storage", "File Storage", "Object Storage", "Storage Platforms"),
    "Web": ("Application Platforms",),
    "Other": (),
}
"""Service subcategories by service category; each category also has "Other (category)"."""

_INTERVALS = ("Monthly", "Semi-Annual", "Annual", "Custom")
ALLOWED_VALUES = {
    "CapacityReservationStatus": ("Used", "Unused"),
    "ChargeCategory": ("Usage", "Purchase", "Tax", "Credit", "Adjustment"),
    "ChargeClass": ("Correction",),
    "ChargeFrequency": ("One-Time", "Recurring", "Usage-Based"),
    "CommitmentDiscountCategory": ("Spend", "Usage"),
    "CommitmentDiscountStatus": ("Used", "Unused"),
    "PricingCategory": ("Standard", "Dynamic", "Committed", "Other"),
    "ServiceCategory": tuple(SUBCATEGORIES),
    "ContractCommitmentBenefitCategory": ("Discount", "Entitlement", "Availability", "Other"),
    "ContractCommitmentCategory": ("Spend", "Usage"),
    "ContractCommitmentFulfillmentInterval": (
        *("Hourly", "Daily", "Weekly", "Quarterly", "Full Period", "Transactional"),
        *_INTERVALS,
    ),
    "ContractCommitmentLifecycleStatus": (
        *("Proposed", "Pending", "Active", "Exhausted", "Expired", "Canceled", "Superseded"),
    ),
    "ContractCommitmentModel": ("Continuous", "Discontinuous"),
    "ContractCommitmentOfferCategory": ("Negotiated", "Public"),
    "ContractCommitmentPaymentInterval": ("One-Time", "Quarterly", *_INTERVALS),
    "ContractCommitmentPaymentModel": ("No Upfront", "Partial Upfront", "All Upfront"),
}

UNITS = ("CommitmentDiscountUnit", "ConsumedUnit", "PricingUnit", "ContractCommitmentUnit")
CURRENCIES = ("BillingCurrency", "PricingCurrency")
NOT_NEGATIVE = (
    "ContractedUnitPrice",
    "ListUnitPrice",
    "PricingCurrencyContractedUnitPrice",
    "PricingCurrencyListUnitPrice",
)
SHARES = ("ContractCommitmentDiscountPercentage", "ContractCommitmentPaymentUpfrontPercentage")
"""Percentages, written as a number from 0 to 1."""

_COMMITMENT, _RESERVATION = "COMMITMENT_DISCOUNT_SUPPORTED", "CAPACITY_RESERVATION_SUPPORTED"
_PRICE_LIST, _UNIT_PRICING = "PUBLIC_PRICE_LIST_SUPPORTED", "UNIT_PRICING_SUPPORTED"
_RESOURCES, _SPLIT = "BILLING_BASED_ON_PROVISIONED_RESOURCES_SUPPORTED", "SPLIT_COST_ALLOCATION_SUPPORTED"
_CURRENCIES, _VIRTUAL = "PRICING_BILLING_CURRENCY_DIFFERENCES_SUPPORTED", "VIRTUAL_CURRENCY_SUPPORTED"
_SUB_ACCOUNTS, _REGIONS = "SUB_ACCOUNT_SUPPORTED", "REGION_SUPPORTED"
CRITERIA = {
    "AllocatedMethodDetails": (_SPLIT,),
    "AllocatedMethodId": (_SPLIT,),
    "AllocatedResourceId": (_SPLIT,),
    "AllocatedResourceName": (_SPLIT,),
    "AllocatedTags": (_SPLIT,),
    "AvailabilityZone": ("AVAILABILITY_ZONE_SUPPORTED",),
    "BillingAccountType": ("MULTIPLE_BILLING_ACCOUNT_TYPES_SUPPORTED",),
    "CapacityReservationId": (_RESERVATION,),
    "CapacityReservationStatus": (_RESERVATION,),
    "CommitmentDiscountCategory": (_COMMITMENT,),
    "CommitmentDiscountId": (_COMMITMENT,),
    "CommitmentDiscountName": (_COMMITMENT,),
    "CommitmentDiscountQuantity": (_COMMITMENT,),
    "CommitmentDiscountStatus": (_COMMITMENT,),
    "CommitmentDiscountType": (_COMMITMENT,),
    "CommitmentDiscountUnit": (_COMMITMENT,),
    "CommitmentProgramEligibilityDetails": ("COMMITMENT_PROGRAM_SUPPORTED",),
    "ConsumedQuantity": ("USAGE_MEASUREMENT_SUPPORTED",),
    "ConsumedUnit": ("USAGE_MEASUREMENT_SUPPORTED",),
    "ContractApplied": ("CONTRACT_COMMITMENT_SUPPORTED",),
    "ContractedUnitPrice": ("NEGOTIATED_PRICING_SUPPORTED",),
    "InvoiceDetailId": ("PAYABLE_INVOICE_SUPPORTED",),
    "InvoiceId": ("PAYABLE_INVOICE_SUPPORTED",),
    "ListUnitPrice": (_PRICE_LIST,),
    "PricingCategory": ("MULTIPLE_PRICING_CATEGORIES_SUPPORTED",),
    "PricingCurrency": (_CURRENCIES,),
    "PricingCurrencyContractCommitmentCost": (_CURRENCIES,),
    "PricingCurrencyContractedUnitPrice": (_PRICE_LIST, _VIRTUAL),
    "PricingCurrencyEffectiveCost": (_PRICE_LIST, _VIRTUAL),
    "PricingCurrencyListUnitPrice": (_PRICE_LIST, _VIRTUAL),
    "RegionId": (_REGIONS,),
    "RegionName": (_REGIONS,),
    "ResourceId": (_RESOURCES,),
    "ResourceName": (_RESOURCES,),
    "ResourceType": (_RESOURCES, "RESOURCE_TYPE_ASSIGNMENT_SUPPORTED"),
    "SkuId": (_PRICE_LIST, _UNIT_PRICING),
    "SkuMeter": (_PRICE_LIST, _UNIT_PRICING),
    "SkuPriceDetails": (_PRICE_LIST, _UNIT_PRICING),
    "SkuPriceId": (_PRICE_LIST, _UNIT_PRICING),
    "SubAccountId": (_SUB_ACCOUNTS,),
    "SubAccountName": (_SUB_ACCOUNTS,),
    "SubAccountType": ("MULTIPLE_SUB_ACCOUNT_TYPES_SUPPORTED",),
    "Tags": ("TAGGING_SUPPORTED",),
    "ContractCommitmentPaymentUpfrontPercentage": ("PARTIAL_UPFRONT_SUPPORTED",),
}
"""What a provider must support for a conditional column to be asked for."""


def subcategory_pairs() -> tuple[tuple[str, str], ...]:
    """Return each service subcategory with its category."""
    return tuple(
        (name, category)
        for category, names in SUBCATEGORIES.items()
        for name in (*names, f"Other ({category})")
    )
