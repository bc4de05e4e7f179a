"""契約: the contracts for one system."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from yui.kernel.ui.asking import actor_of
from yui.registry.policies import may_edit
from yui.registry.queries.contracts import contracts_for
from yui.registry.views.access import visible_system
from yui.registry.views.contracts import ContractTable


@login_required
@require_safe
def system_contracts(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show the contracts that are for the system."""
    system = visible_system(request, pk)
    contracts = contracts_for(actor_of(request)).filter(systems=system)
    context = {"system": system, "may_edit": may_edit(actor_of(request), system.organisation)}
    return ContractTable(request, contracts).response("registry/system_contracts.html", context)
