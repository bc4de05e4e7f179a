"""One record of every kind of the costs room for one ward, with the ward's secret text in its names."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.models import User
from yui.transition.costs.kept_checks import keep_file
from yui.transition.costs.models import AllocatedCost, CostAnomaly
from yui.transition.costs.operations.approve_allocation_version import approve_allocation_version
from yui.transition.costs.operations.detect_anomalies import detect_anomalies
from yui.transition.costs.operations.draft_petition import PetitionFields, draft_petition
from yui.transition.costs.operations.forecast_costs import forecast_costs
from yui.transition.costs.operations.keep_file import keep_file as keep_intake
from yui.transition.costs.operations.map_system import map_system
from yui.transition.costs.operations.record_invoice import InvoiceFacts, record_invoice
from yui.transition.costs.operations.save_allocation_rule import RuleFields, save_allocation_rule
from yui.transition.costs.operations.save_allocation_version import VersionFields, save_allocation_version
from yui.transition.costs.operations.save_budget_line import BudgetFacts, save_budget_line
from yui.transition.costs.operations.set_usage import Usage, set_usage
from yui.transition.costs.operations.submit_allocation_version import submit_allocation_version
from yui.transition.costs.operations.take_in_file import take_in_file
from yui.transition.costs.queries.focus_check import check_focus_file

Keys = dict[str, int | str]
ODD_MONTH, LAST_MONTH = Month(2026, 4), Month(2026, 5)


def make_cost_records(ward: Organisation, secret: str, officer: User, actor: Actor, folder: Path) -> Keys:
    """Make the records through the room's operations; return their keys by kind."""
    bill = _write(folder / f"{secret}請求.csv", _charges(ward, secret))
    return {
        **_make_bill(ward, secret, actor, bill),
        **_make_check(ward, secret, officer, bill),
        **_make_intake(ward, actor, bill),
        **_make_invoice(ward, secret, actor),
        **_make_budget(ward, secret, actor, folder),
        **_make_petition(ward, secret, actor),
        **_make_allocation(ward, secret, actor),
    }


def _charges(ward: Organisation, secret: str) -> list[dict[str, str]]:
    """Return a year of bill lines, one a month, of which one costs three times as much."""
    cells = {
        "BilledCost": "1000",
        "EffectiveCost": "1000",
        "ListCost": "1000",
        "ContractedCost": "1000",
        "BillingCurrency": "JPY",
        "BillingAccountId": f"acct-{ward.code}",
        "BillingAccountName": f"{secret}口座",
        "ChargeCategory": "Usage",
        "ChargeClass": "",
        "ChargeDescription": f"{secret}明細",
        "InvoiceIssuerName": "架空クラウド",
        "PricingQuantity": "1",
        "PricingUnit": "Hours",
        "ProviderName": "架空クラウド",
        "PublisherName": "架空クラウド",
        "ServiceCategory": "Compute",
        "ServiceName": f"{secret}サービス",
        "ResourceId": f"{secret}-vm",
        "SubAccountId": "sub-1",
        "Tags": "{}",
    }
    rows = []
    for month in Month.between(LAST_MONTH.shift(-11), LAST_MONTH):
        start, end = f"{month}-01T00:00:00Z", f"{month.next()}-01T00:00:00Z"
        periods = {f"{kind}PeriodStart": start for kind in ("Billing", "Charge")}
        periods |= {f"{kind}PeriodEnd": end for kind in ("Billing", "Charge")}
        rows.append(cells | periods | ({"BilledCost": "3000"} if month == ODD_MONTH else {}))
    return rows


def _write(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    listed = list(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, listed[0])
        writer.writeheader()
        writer.writerows(listed)
    return path


def _make_bill(ward: Organisation, secret: str, actor: Actor, path: Path) -> Keys:
    """Take the bill in, say whose its lines are, look ahead and for what is odd; enter the ward's total."""
    bill = take_in_file(actor, organisation=ward, path=path).bill
    assert bill is not None
    mapping = map_system(
        actor, organisation=ward, column="ResourceId", value=f"{secret}-vm", system_code="S-1"
    )
    forecast_costs(actor, ward)
    detect_anomalies(actor, ward)
    anomaly = CostAnomaly.objects.owned_by(ward).get()
    totals = path.with_name(f"totals-{ward.code}.csv")
    totals.write_text(f"年度,団体コード,歳出総額(千円)\n2026,{ward.code},165000000\n", encoding="utf-8")
    take_in_file(actor, organisation=ward, path=totals, kind="expenditure")
    return {"bill": bill.pk, "mapping": mapping.pk, "anomaly": anomaly.pk}


def _make_check(ward: Organisation, secret: str, officer: User, path: Path) -> Keys:
    """Let the officer examine the bill's file."""
    kept = keep_file(
        [path.read_bytes()], user=officer.pk, organisation=ward.code, file_name=f"{secret}検査.csv"
    )
    kept.keep_report(check_focus_file(path, file_name=kept.file_name))
    return {"focus_check": kept.key}


def _make_intake(ward: Organisation, actor: Actor, path: Path) -> Keys:
    """Keep a file that waits to be looked at and taken in."""
    with path.open("rb") as source:
        intake = keep_intake(actor, organisation=ward, source=source, name=path.name, kind="auto")
    return {"intake": intake.pk}


def _make_invoice(ward: Organisation, secret: str, actor: Actor) -> Keys:
    """Enter the total of an invoice."""
    facts = InvoiceFacts(
        "invoice", f"{secret}クラウド", f"acct-{ward.code}", LAST_MONTH, "JPY", Decimal(1000)
    )
    return {"invoice": record_invoice(actor, organisation=ward, facts=facts).pk}


def _make_budget(ward: Organisation, secret: str, actor: Actor, folder: Path) -> Keys:
    """Make a line of a budget, and a commitment to a provider."""
    facts = BudgetFacts(2026, "cloud", 10_000, budget_item=f"{secret}款", system_code="S-1")
    line, _is_new = save_budget_line(actor, organisation=ward, facts=facts)
    commitment = {
        "ContractCommitmentId": f"{secret}の約束",
        "ContractCommitmentCategory": "Spend",
        "ContractCommitmentCost": "5000",
        "ContractCommitmentPeriodStart": "2026-04-01T00:00:00Z",
        "ContractCommitmentPeriodEnd": "2027-04-01T00:00:00Z",
        "BillingCurrency": "JPY",
    }
    take_in_file(actor, organisation=ward, path=_write(folder / f"{secret}約束.csv", [commitment]))
    return {"budget": line.pk}


def _make_petition(ward: Organisation, secret: str, actor: Actor) -> Keys:
    """Draft a petition with its evidence."""
    petition = draft_petition(
        actor,
        organisation=ward,
        fields=PetitionFields(
            title=f"{secret}提言",
            addressees=f"{secret}大臣",
            dated=date(2026, 6, 1),
            preamble=f"{secret}の前文",
            requests=[f"{secret}を求めること。"],
            kinds=["multiplier", "causes"],
            until=LAST_MONTH,
        ),
    )
    return {"petition": petition.pk}


def _make_allocation(ward: Organisation, secret: str, actor: Actor) -> Keys:
    """Share the ward's costs with a ward in which nobody walks, and lay a second version before approval."""
    partner = Organisation.objects.wards().exclude(code__in={"131032", "131041"}).order_by("code")[0]
    rule = save_allocation_rule(actor, organisation=ward, fields=RuleFields(f"{secret}ルール"))
    weights = {ward: Decimal(3), partner: Decimal(1)}
    plans = (
        VersionFields(LAST_MONTH, None, "weight", f"{secret}の協定", weights),
        VersionFields(LAST_MONTH.shift(2), None, "usage", f"{secret}の見直し", weights, f"{secret}の利用者"),
    )
    versions = [save_allocation_version(actor, rule=rule, fields=fields) for fields in plans]
    for version in versions:
        submit_allocation_version(actor, version=version)
    approve_allocation_version(actor, version=versions[0])
    usage = Usage(ward, LAST_MONTH, f"{secret}の利用者", Decimal(7))
    set_usage(actor, organisation=ward, usages=[usage], source=secret)
    share = AllocatedCost.objects.owned_by(ward).get()
    return {"allocation_rule": rule.pk, "allocation_version": versions[1].pk, "allocated": share.pk}
