"""One imported bill: what came in, what it replaced, and taking it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.policy import PermissionRefused, Verb, allows
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.models import BillImport, BillPart
from yui.transition.costs.operations.withdraw_bill import withdraw_bill


def _visible(request: HttpRequest, pk: int) -> BillImport:
    bills = BillImport.objects.visible_to(actor_of(request)).select_related("organisation")
    found: BillImport = get_object_or_404(bills, pk=pk)
    return found


@login_required
@require_safe
def bill(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the bill with its parts, notes, row errors and history."""
    found, actor = _visible(request, pk), actor_of(request)
    parts = BillPart.objects.visible_to(actor)
    context = {
        "bill": found,
        "parts": parts.filter(bill=found).select_related("superseded_by"),
        "replaced": parts.filter(superseded_by=found).select_related("bill"),
        "may_withdraw": found.is_standing and allows(actor, Verb.IMPORT, found.organisation),
        "entries": history_of(urn("costs.bill", found.pk)),
    }
    return render(request, "costs/bill.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the bill back for the reason in the form."""
    found = _visible(request, pk)
    if not allows(actor_of(request), Verb.IMPORT, found.organisation):
        raise PermissionRefused(actor_of(request), Verb.IMPORT)
    try:
        withdraw_bill(actor_of(request), bill=found, because=request.POST.get("because", ""))
    except ValidationError:
        messages.error(request, _("取り消す理由を書いてください。"))
    else:
        messages.success(request, _("取り消しました。記録とファイルは残っています。"))
    return redirect(found)
