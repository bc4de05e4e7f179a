"""Read endpoints of the costs room: bills, sums, expenditure totals, exchange rates, allocations.

Amounts are exact decimals as text by currency (ISO 4217); yen are null while an exchange rate is missing.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from ninja.errors import HttpError

from yui.kernel.calendar_jp import DateNotUnderstood, Month
from yui.kernel.tables.api_pages import Page, asking, page_of
from yui.transition.costs.api_allocation import router as allocation
from yui.transition.costs.engine.rows import amounts_as_text, exact_text
from yui.transition.costs.models import BillImport, ExchangeRate, TotalExpenditure
from yui.transition.costs.queries.monthly import GROUPS, METRICS, costs_visible_to, summarise

router = Router()
router.add_router("", allocation)


class BillOut(Schema):
    """One imported file; ``withdrawn_at`` is null while it stands."""

    id: int
    organisation_code: str
    file_name: str
    kind: str
    version: str
    first_month: str
    last_month: str
    rows_accepted: int
    rows_rejected: int
    billed: dict[str, str]
    effective: dict[str, str]
    sha256: str
    created_at: datetime
    withdrawn_at: datetime | None

    @staticmethod
    def resolve_organisation_code(bill: BillImport) -> str:
        """Return the code of the bill's organisation."""
        return bill.organisation.code


class BillList(Schema):
    """A page of bills and how many there are."""

    count: int
    items: list[BillOut]


class ExpenditureOut(Schema):
    """歳出総額 of a fiscal year in whole yen; ``kind`` is ``settled`` or ``budget``."""

    organisation_code: str
    fiscal_year: int
    kind: str
    amount_yen: int
    source: str

    @staticmethod
    def resolve_organisation_code(total: TotalExpenditure) -> str:
        """Return the code of the total's organisation."""
        return total.organisation.code


class ExpenditureList(Schema):
    """A page of totals and how many there are."""

    count: int
    items: list[ExpenditureOut]


class RateOut(Schema):
    """Yen for one unit of a currency in a month."""

    currency: str
    month: str
    yen_per_unit: Decimal
    source: str


class SumOut(Schema):
    """The costs of one group; ``key`` has the values of the groups asked for, in their order."""

    key: list[str]
    amounts: dict[str, str]
    yen: str | None
    missing_rates: list[str]
    rows: int


class SumList(Schema):
    """Sums by group."""

    by: list[str]
    metric: str
    items: list[SumOut]


class SumQuestion(Schema):
    """What to add up: ``by`` names groups with commas between, months are YYYY-MM with both ends included."""

    by: str = "ward,system,month"
    metric: str = METRICS[0]
    organisation: str = ""
    first: str = ""
    last: str = ""


@router.get("/costs/bills", response=BillList, summary="Imported bills")
def list_bills(request: HttpRequest, page: Query[Page]) -> dict[str, Any]:
    """Return the bills that the asking person may see, newest first."""
    bills = BillImport.objects.visible_to(asking(request)).select_related("organisation")
    count, found = page_of(bills, page)
    return {"count": count, "items": list(found)}


@router.get("/costs/bills/{bill_id}", response=BillOut, summary="One imported bill")
def get_bill(request: HttpRequest, bill_id: int) -> Any:
    """Return one bill; one that the asking person may not see does not exist."""
    bills = BillImport.objects.visible_to(asking(request)).select_related("organisation")
    return get_object_or_404(bills, pk=bill_id)


@router.get("/costs/expenditure", response=ExpenditureList, summary="Total expenditure by fiscal year")
def list_expenditure(request: HttpRequest, page: Query[Page]) -> dict[str, Any]:
    """Return the totals that the asking person may see, the latest year first."""
    totals = TotalExpenditure.objects.visible_to(asking(request)).select_related("organisation")
    count, found = page_of(totals, page)
    return {"count": count, "items": list(found)}


@router.get("/costs/rates", response=list[RateOut], summary="Exchange rates")
def list_rates(request: HttpRequest) -> Any:
    """Return every exchange rate, the latest month first."""
    return ExchangeRate.objects.all()


@router.get("/costs/summary", response=SumList, summary="Costs by ward, system, month, category or provider")
def summary(request: HttpRequest, question: Query[SumQuestion]) -> dict[str, Any]:
    """Return exact sums of what the asking person may see."""
    by = [group.strip() for group in question.by.split(",") if group.strip()]
    if not by or set(by) - set(GROUPS):
        raise HttpError(422, f"by: {', '.join(GROUPS)}")
    if question.metric not in METRICS:
        raise HttpError(422, f"metric: {', '.join(METRICS)}")
    costs = costs_visible_to(
        asking(request),
        organisations=[question.organisation] if question.organisation else None,
        first_month=_month(question.first),
        last_month=_month(question.last),
    )
    items = [
        {
            "key": list(cell.key),
            "amounts": amounts_as_text(cell.amounts),
            "yen": None if cell.yen.yen is None else exact_text(cell.yen.yen),
            "missing_rates": [f"{currency} {month}" for currency, month in sorted(cell.yen.missing)],
            "rows": cell.yen.rows,
        }
        for cell in summarise(costs, by, question.metric)
    ]
    return {"by": by, "metric": question.metric, "items": items}


def _month(text: str) -> str:
    """Return a month as the roll-up writes it, empty for no limit."""
    try:
        return str(Month.parse(text)) if text else ""
    except DateNotUnderstood as error:
        raise HttpError(422, str(error)) from error
