"""登録・編集: the form of a contract."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from yui.kernel.ui.asking import actor_of, visible_or_404
from yui.registry.forms import ContractForm
from yui.registry.models import Contract
from yui.registry.operations import add_contract, update_contract
from yui.registry.queries.contracts import contracts_for
from yui.registry.views.access import own_organisation, require_edit
from yui.registry.views.form_pages import add_page, change_page

TEMPLATE = "registry/contract_form.html"


@login_required
def new_contract(request: HttpRequest) -> HttpResponse:
    """Add a contract; ``?system=`` names a system to begin with."""
    actor, organisation = actor_of(request), own_organisation(request)
    chosen = [key for key in request.GET.getlist("system") if key.isdecimal()]
    form = ContractForm(
        request.POST or None,
        actor=actor,
        organisation=organisation,
        instance=Contract(organisation=organisation),
        initial={"systems": chosen},
    )
    return add_page(
        request,
        form,
        TEMPLATE,
        organisation=organisation,
        add=lambda: add_contract(actor, organisation=organisation, facts=form.facts()),
        said=lambda contract: _("契約「%(title)s」を登録しました。") % {"title": contract.title},
    )


@login_required
def edit_contract(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a contract."""
    actor = actor_of(request)
    contract: Contract = visible_or_404(contracts_for(actor), pk=pk)
    require_edit(request, contract.organisation)
    form = ContractForm(
        request.POST or None, actor=actor, organisation=contract.organisation, instance=contract
    )
    return change_page(
        request,
        form,
        TEMPLATE,
        organisation=contract.organisation,
        shown=("contract", contract),
        update=lambda: update_contract(actor, contract=contract, facts=form.facts(), basis=form.given_basis),
        again=lambda: visible_or_404(contracts_for(actor), pk=pk),
    )
