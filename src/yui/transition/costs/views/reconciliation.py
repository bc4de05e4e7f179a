"""請求書との突き合わせ: bill lines beside invoices and payments, and entering those."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yui.kernel.calendar_jp import DateNotUnderstood, Month
from yui.kernel.exchange.export.delimited import csv_stream
from yui.kernel.exchange.export.values import ExportColumn
from yui.kernel.exchange.export.workbooks import Sheet, xlsx_bytes
from yui.kernel.exchange.operations import record_export
from yui.kernel.policy import Actor, PermissionRefused, Verb, allows
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.engine.rows import EXACT, exact_text, grouped_text
from yui.transition.costs.forms import InvoiceForm
from yui.transition.costs.models import InvoiceTotal
from yui.transition.costs.operations.record_invoice import InvoiceFacts, record_invoice, remove_invoice
from yui.transition.costs.queries.reconciliation import (
    CATEGORIES,
    CAUSES,
    STATES,
    Reconciled,
    category_sums,
    part_lines,
    reconciled,
    span_of,
    tied_share,
)
from yui.transition.costs.views.lines import LINES_SHOWN, LinesPager

ROWS_SHOWN = 50
HUNDREDTH = Decimal("0.01")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PREFILLED = ("organisation", "provider", "account", "month", "currency")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reconciliation(request: HttpRequest) -> HttpResponse:
    """Show what matches and what does not; take an invoice total."""
    actor = actor_of(request)
    editable = organisations_with(actor, Verb.EDIT)
    initial = {name: request.GET[name] for name in PREFILLED if name in request.GET}
    form = InvoiceForm(editable, request.POST or None, initial=initial) if editable else None
    if request.method == "POST":
        if form is None:
            raise PermissionRefused(actor, Verb.EDIT)
        if form.is_valid() and _record(actor, form):
            messages.success(request, _("記録しました。"))
            return redirect("costs:reconciliation")
    rows, span, problem = _asked(request, actor)
    shown = [row for row in rows if request.GET.get("state", "") in ("", row.state)]
    page = Paginator(shown, ROWS_SHOWN).get_page(request.GET.get("page"))
    share = tied_share(rows)
    context = {
        "form": form,
        "problem": problem,
        "wards": Organisation.objects.wards(),
        "ward": request.GET.get("ward", ""),
        "state": request.GET.get("state", ""),
        "states": [(code, name, sum(row.state == code for row in rows)) for code, name in STATES.items()],
        "first": span[0] if span else "",
        "last": span[1] if span else "",
        "share": None if share is None else f"{share * 100:.1f}",
        "has_rows": bool(rows),
        "page": page,
        "rows": [_shown(row, actor) for row in page],
        "query": request.GET.urlencode(),
    }
    return render(request, "costs/reconciliation.html", context)


@login_required
@require_safe
def reconciliation_lines(request: HttpRequest) -> HttpResponse:
    """Show the bill lines behind a row, or those of one category of charges."""
    actor = actor_of(request)
    ward = get_object_or_404(Organisation, code=request.GET.get("ward", ""))
    try:
        month = Month.parse(request.GET.get("month", ""))
    except DateNotUnderstood as error:
        raise Http404(str(error)) from error
    part, category = request.GET.get("part", ""), request.GET.get("category", "")
    evidence = part_lines(ward.code, str(month), part, category)
    page = Paginator(LinesPager(evidence, request), LINES_SHOWN).get_page(request.GET.get("page"))
    if not page.paginator.count:
        raise Http404(_("その月の明細はありません。"))
    sums = category_sums(actor, [ward.code], [str(month)])
    categories = [
        (code, CATEGORIES.get(code, code), grouped_text(amount), currency)
        for (_code, key, _month, currency), by_category in sorted(sums.items())
        for code, amount in sorted(by_category.items())
        if key == part
    ]
    context = {
        "ward": ward,
        "month": month,
        "part": part,
        "category": category,
        "category_name": CATEGORIES.get(category, category),
        "categories": categories,
        "columns": evidence.columns,
        "page": page,
    }
    return render(request, "costs/reconciliation_lines.html", context)


@login_required
@require_safe
def reconciliation_export(request: HttpRequest, file_format: str) -> HttpResponse | StreamingHttpResponse:
    """Send the comparison as CSV or XLSX, amounts exact and as text, as far as the reader may see it."""
    actor = actor_of(request)
    allowed = organisations_with(actor, Verb.EXPORT)
    if not allowed:
        raise PermissionRefused(actor, Verb.EXPORT)
    rows, span, _problem = _asked(request, actor)
    if file_format not in {"csv", "xlsx"} or span is None:
        raise Http404
    headings = [
        *(_("団体コード"), _("団体"), _("事業者"), _("請求先"), _("月"), _("通貨")),
        *(_("明細の合計"), _("請求書"), _("払込"), _("請求書と明細の差"), _("状態"), _("差の理由")),
    ]
    record_export(
        actor,
        allowed[0],
        "costs.reconciliation",
        len(rows),
        file_format=file_format,
        conditions=dict(request.GET.items()),
    )
    if file_format == "csv":
        response: Any = StreamingHttpResponse(csv_stream(headings, _cells(rows)), content_type="text/csv")
    else:
        sheet = Sheet(_("請求書との突き合わせ"), [ExportColumn(title) for title in headings], _cells(rows))
        response = HttpResponse(xlsx_bytes([sheet]), content_type=XLSX)
    name = f"reconciliation-{span[0]}-{span[1]}.{file_format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_POST
def remove_invoice_total(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an invoice total that was entered by mistake."""
    actor = actor_of(request)
    totals = InvoiceTotal.objects.visible_to(actor).select_related("organisation")
    invoice = get_object_or_404(totals, pk=pk)
    if not allows(actor, Verb.EDIT, invoice.organisation):
        raise PermissionRefused(actor, Verb.EDIT)
    remove_invoice(actor, invoice=invoice)
    messages.success(request, _("記録を消しました。"))
    return redirect("costs:reconciliation")


def _record(actor: Actor, form: InvoiceForm) -> bool:
    """Keep what the form says; tell whether that went through."""
    facts = dict(form.cleaned_data)
    organisation = facts.pop("organisation")
    try:
        record_invoice(actor, organisation=organisation, facts=InvoiceFacts(**facts))
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return False
    return True


def _asked(request: HttpRequest, actor: Actor) -> tuple[list[Reconciled], tuple[Month, Month] | None, str]:
    """Return the rows of the months asked for, those months, and what is wrong with them."""
    months: list[Month | None] = []
    problem = ""
    for name in ("from", "to"):
        text = request.GET.get(name, "")
        try:
            months.append(Month.parse(text) if text else None)
        except DateNotUnderstood as error:
            problem = str(error)
            months.append(None)
    span = span_of(actor, months[0], months[1])
    rows = reconciled(actor, *span, ward=request.GET.get("ward", "")) if span else []
    return rows, span, problem


@dataclass(frozen=True)
class Amount:
    """An amount as it is read at a glance, and every digit of it."""

    text: str
    exact: str


def _shown(row: Reconciled, actor: Actor) -> dict[str, Any]:
    """Return a row as its cells are read."""
    return {
        "row": row,
        "lines": _amount(row.lines),
        "converted": row.converted and (row.converted[0], _amount(row.converted[1])),
        "invoiced": _amount(row.invoiced),
        "paid": _amount(row.paid),
        "unpaid": _amount(row.unpaid) if row.unpaid else None,
        "difference": _amount(row.difference),
        "causes": [(CAUSES[each.cause], _amount(each.amount)) for each in row.causes],
        "state": STATES[row.state],
        "may_edit": allows(actor, Verb.EDIT, row.ward),
    }


def _amount(amount: Decimal | None) -> Amount | None:
    """Return an amount to two decimals; one that this would hide is shown to the last digit."""
    if amount is None:
        return None
    rounded = amount.quantize(HUNDREDTH, ROUND_HALF_UP, EXACT)
    shown = amount if amount and not rounded else rounded
    return Amount(grouped_text(shown), grouped_text(amount))


def _cells(rows: list[Reconciled]) -> Iterator[list[Any]]:
    for row in rows:
        amounts = (row.lines, row.invoiced, row.paid, row.difference)
        causes = "、".join(f"{CAUSES[each.cause]} {exact_text(each.amount)}" for each in row.causes)
        yield [
            *(row.ward.code, row.ward.name, row.provider, row.account, row.month, row.currency),
            *("" if amount is None else exact_text(amount) for amount in amounts),
            str(STATES[row.state]),
            causes,
        ]
