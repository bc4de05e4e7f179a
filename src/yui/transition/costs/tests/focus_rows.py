"""Small FOCUS files and rule models for the tests of the examination."""

import csv
import gzip
import json
from pathlib import Path

from yui.transition.costs.engine.validation.choosing import ModelChoice
from yui.transition.costs.engine.validation.examination import examine

ENGINE = {"threads": 1, "memory_limit": "400MB"}
GOOD = {
    "BilledCost": "10.5",
    "EffectiveCost": "10.5",
    "ListCost": "10.5",
    "ContractedCost": "10.5",
    "BillingCurrency": "JPY",
    "BillingAccountId": "1000001",
    "BillingAccountName": "港区",
    "BillingPeriodStart": "2026-05-01T00:00:00Z",
    "BillingPeriodEnd": "2026-06-01T00:00:00Z",
    "ChargePeriodStart": "2026-05-01T00:00:00Z",
    "ChargePeriodEnd": "2026-05-02T00:00:00Z",
    "ChargeCategory": "Usage",
    "ChargeClass": "",
    "ChargeDescription": "仮想サーバーの利用",
    "ChargeFrequency": "Usage-Based",
    "InvoiceIssuerName": "架空クラウド",
    "InvoiceId": "INV-1",
    "PricingQuantity": "1",
    "PricingUnit": "Hours",
    "ListUnitPrice": "10.5",
    "ProviderName": "架空クラウド",
    "PublisherName": "架空クラウド",
    "ServiceCategory": "Compute",
    "ServiceSubcategory": "Virtual Machines",
    "ServiceName": "仮想サーバー",
    "Tags": '{"system": "S-1"}',
}
"""A row that breaks no rule of FOCUS 1.2."""


def write_focus(path: Path, *rows: dict, without: tuple[str, ...] = (), extra: tuple[str, ...] = ()) -> Path:
    """Write a CSV (gzipped where the name says so) of ``GOOD`` with some cells changed."""
    columns = [*(name for name in GOOD if name not in without), *extra]
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "wt", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows([GOOD | row for row in rows])
    return path


def write_parquet(path: Path, select: str) -> Path:
    """Write the result of a SELECT as Parquet."""
    import duckdb

    with duckdb.connect() as database:
        database.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
    return path


def rule(requirement, condition=None, *, keyword="MUST", criteria=(), status="Active"):
    """A rule in the layout of the official model."""
    return {
        "Function": "Validation",
        "Reference": "Somewhere",
        "Status": status,
        "ApplicabilityCriteria": list(criteria),
        "Type": "Static",
        "ValidationCriteria": {
            "MustSatisfy": "…",
            "Keyword": keyword,
            "Requirement": requirement,
            "Condition": condition or {},
            "Dependencies": [],
        },
    }


def call(function, column=None, **arguments):
    """A call of a check function."""
    named = {"ColumnName": column} if column else {}
    return {"CheckFunction": function, **named, **arguments}


def member(*rules, function="AND"):
    """A joint of other rules."""
    items = [{"CheckFunction": "CheckModelRule", "ModelRuleId": each} for each in rules]
    return {"CheckFunction": function, "Items": items}


def write_model(path: Path, rules: dict, version: str = "0.0") -> Path:
    """Write a model file of ``rules``."""
    model = {
        "Details": {"FOCUSVersion": version},
        "ApplicabilityCriteria": {"TAGGING_SUPPORTED": {"Description": "tags"}},
        "CheckFunctions": {},
        "ModelDatasets": {},
        "ModelRules": rules,
    }
    path.write_text(json.dumps(model), encoding="utf-8")
    return path


def examined(path: Path, model: Path | None = None, *, version: str = "", criteria=()):
    """The report of a file, and its verdicts by rule."""
    workspace = path.parent / "workspace"
    workspace.mkdir(exist_ok=True)
    for old in workspace.iterdir():
        old.unlink()
    choice = ModelChoice(file=model, version=version)
    report = examine(path, workspace, engine=ENGINE, choice=choice, criteria=criteria)
    return report, {verdict.id: verdict for verdict in report.verdicts}


def broken(path: Path, model: Path | None = None, **options) -> dict[str, int]:
    """The broken rules of a file, with how many rows break each."""
    report, _verdicts = examined(path, model, **options)
    return {verdict.id: verdict.failed_rows for verdict in report.verdicts if verdict.status == "fail"}
