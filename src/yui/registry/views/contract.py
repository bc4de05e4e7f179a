"""記録: one contract."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import today
from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.ui.asking import actor_of, visible_or_404
from yui.registry.models import Contract
from yui.registry.policies import may_edit
from yui.registry.queries.contracts import contracts_for
from yui.registry.views.histories import told


@login_required
@require_safe
def contract(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the facts, the systems and the history of a contract."""
    found: Contract = visible_or_404(contracts_for(actor_of(request)), pk=pk)
    context = {
        "contract": found,
        "is_over": found.ends_on < today(),
        "is_due": found.notice_on <= today() <= found.ends_on,
        "days_left": (found.ends_on - today()).days,
        "may_edit": may_edit(actor_of(request), found.organisation),
        "entries": told(history_of(urn("registry.contract", pk)), Contract),
    }
    return render(request, "registry/contract.html", context)
