"""Small bills of our own in the layouts of the providers. Nothing in them is a real bill."""

import csv
import io
import json

AWS = {
    "bill/InvoiceId": "INV-1",
    "bill/InvoicingEntity": "架空 AWS",
    "bill/PayerAccountId": "111122223333",
    "bill/BillingPeriodStartDate": "2026-05-01T00:00:00.000Z",
    "bill/BillingPeriodEndDate": "2026-06-01T00:00:00.000Z",
    "lineItem/UsageAccountId": "444455556666",
    "lineItem/LineItemType": "Usage",
    "lineItem/UsageStartDate": "2026-05-02T00:00:00.000Z",
    "lineItem/UsageEndDate": "2026-05-03T00:00:00.000Z",
    "lineItem/ProductCode": "AmazonEC2",
    "lineItem/UsageType": "APN1-BoxUsage:m6i.large",
    "lineItem/Operation": "RunInstances",
    "lineItem/ResourceId": "i-0",
    "lineItem/UsageAmount": "24",
    "lineItem/CurrencyCode": "USD",
    "lineItem/UnblendedRate": "0.5",
    "lineItem/UnblendedCost": "12",
    "lineItem/LineItemDescription": "",
    "product/ProductName": "Amazon Elastic Compute Cloud",
    "product/region": "ap-northeast-1",
    "product/sku": "SKU-1",
    "pricing/publicOnDemandCost": "12",
    "pricing/unit": "Hrs",
    "reservation/ReservationARN": "",
    "reservation/EffectiveCost": "",
    "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod": "",
    "reservation/UnusedRecurringFee": "",
    "savingsPlan/SavingsPlanARN": "",
    "savingsPlan/SavingsPlanEffectiveCost": "",
    "savingsPlan/TotalCommitmentToDate": "",
    "savingsPlan/UsedCommitment": "",
    "resourceTags/user:System": "S-1",
    "resourceTags/user:env": "",
}
AZURE = {
    "BillingAccountId": "8600000",
    "BillingAccountName": "架空区",
    "BillingPeriodStartDate": "05/01/2026",
    "BillingPeriodEndDate": "05/31/2026",
    "BillingProfileId": "8600000",
    "BillingProfileName": "架空区",
    "SubscriptionId": "sub-1",
    "SubscriptionName": "住民",
    "Date": "05/04/2026",
    "ProductName": "架空の仮想マシン",
    "MeterId": "m-1",
    "MeterCategory": "Virtual Machines",
    "MeterName": "D2",
    "MeterRegion": "JP East",
    "Quantity": "24",
    "UnitOfMeasure": "1 Hour",
    "UnitPrice": "10",
    "EffectivePrice": "10",
    "PayGPrice": "12.5",
    "CostInBillingCurrency": "240",
    "BillingCurrencyCode": "JPY",
    "ResourceLocation": "japaneast",
    "ResourceId": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm-1",
    "ResourceName": "vm-1",
    "ReservationId": "",
    "benefitId": "",
    "ChargeType": "Usage",
    "Frequency": "UsageBased",
    "PricingModel": "OnDemand",
    "Tags": '"system": "S-1","env": "prod"',
}
MCA = {
    "invoiceId": "G-1",
    "billingAccountId": "ba-1",
    "billingProfileId": "profile-1",
    "billingPeriodStartDate": "05/01/2026",
    "billingPeriodEndDate": "05/31/2026",
    "date": "05/04/2026",
    "subscriptionId": "sub-1",
    "meterCategory": "Storage",
    "unitOfMeasure": "10K",
    "quantity": "3",
    "unitPrice": "0.5",
    "payGPrice": "0.6",
    "costInBillingCurrency": "225",
    "costInPricingCurrency": "1.5",
    "paygCostInBillingCurrency": "270",
    "billingCurrency": "JPY",
    "pricingCurrency": "USD",
    "exchangeRatePricingToBilling": "150",
    "chargeType": "Usage",
    "frequency": "UsageBased",
    "pricingModel": "OnDemand",
    "benefitId": "",
    "reservationId": "",
    "tags": '{"system":"S-2"}',
}
OCI = {
    "lineItem/referenceNo": "r-1",
    "lineItem/tenantId": "ocid1.tenancy",
    "lineItem/intervalUsageStart": "2026-05-01T00:00Z",
    "lineItem/intervalUsageEnd": "2026-05-01T01:00Z",
    "product/service": "COMPUTE",
    "product/compartmentId": "ocid1.compartment",
    "product/compartmentName": "住民記録",
    "product/region": "ap-tokyo-1",
    "product/availabilityDomain": "AD-1",
    "product/resourceId": "ocid1.instance",
    "usage/billedQuantity": "1",
    "cost/subscriptionId": "55667788",
    "cost/productSku": "B91961",
    "product/Description": "架空の計算",
    "cost/unitPrice": "4.2",
    "cost/myCost": "4.200000000000000001",
    "cost/myCostOverage": "0",
    "cost/currencyCode": "JPY",
    "cost/skuUnitDescription": "OCPU Hours",
    "lineItem/isCorrection": "false",
    "lineItem/backreferenceNo": "",
    "tags/Yui.system": "S-1",
    "tags/env": "prod",
}
GCP = {
    "billing_account_id": "AAAAAA-BBBBBB-CCCCCC",
    "invoice": {"month": "202605"},
    "cost_type": "regular",
    "service": {"id": "6F81", "description": "Compute Engine"},
    "sku": {"id": "0048", "description": "N2 Core"},
    "usage_start_time": "2026-05-03 07:00:00 UTC",
    "usage_end_time": "2026-05-03 08:00:00 UTC",
    "project": {"id": "p-1", "name": "住民", "labels": [{"key": "business", "value": "01"}]},
    "labels": [{"key": "system", "value": "S-1"}],
    "location": {"region": "asia-northeast1"},
    "cost": 10.25,
    "currency": "JPY",
    "currency_conversion_rate": "150.0",
    "usage": {"amount": "3600", "unit": "seconds", "amount_in_pricing_units": "1", "pricing_unit": "hour"},
    "credits": [],
}
SAKURA_BILL = {
    "BillID": 101,
    "Amount": 3300,
    "Date": "2026-05-31T00:00:00+09:00",
    "MemberID": "aaa00000",
    "Paid": False,
    "PayLimit": "2026-06-30T00:00:00+09:00",
    "PaymentClassID": 3,
}
SAKURA_DETAILS = [
    {
        "ContractID": 900001,
        "Amount": 3000,
        "Description": "サーバ 2コア",
        "Index": 0,
        "ServiceClassID": 50050,
        "ServiceClassPath": "cloud/plan/2core",
        "Usage": 2592000,
        "FormattedUsage": "30日",
        "Zone": "is1b",
    },
    {"ContractID": 900002, "Amount": 300, "Description": "ディスク", "ServiceClassPath": "cloud/disk/ssd"},
]


def csv_bytes(default, *rows, without=()):
    """A CSV whose rows override the default cells."""
    columns = [name for name in default if name not in without]
    columns += [name for row in rows for name in row if name not in default]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(columns)), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows([default | row for row in rows or ({},)])
    return out.getvalue().encode()


def json_lines(*rows, default=GCP):
    """JSON lines whose rows override the default values."""
    return "".join(json.dumps(default | row, ensure_ascii=False) + "\n" for row in rows or ({},)).encode()


def sakura_bytes(details=SAKURA_DETAILS, **bill):
    """The two answers of the billing API, one after the other."""
    answers = [{"IsOk": True, "Bills": [SAKURA_BILL | bill]}, {"IsOk": True, "BillDetails": list(details)}]
    return "\n".join(json.dumps(answer, ensure_ascii=False) for answer in answers).encode()
