"""What costs are divided by: residents, measured quantities, and how accounts are used."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.columns import Column, Kind
from yui.kernel.tables.filters import Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.allocation_forms import AccountUseForm
from yui.transition.costs.models import AccountUse, BillPart, ResidentCount, UsageQuantity
from yui.transition.costs.operations.set_account_use import set_account_use

ACCOUNTS_SHOWN = 200


def _organisations() -> list[tuple[str, str]]:
    return [(each.code, each.name) for each in Organisation.objects.active()]


class ResidentTable(Table):
    """Residents by organisation and day."""

    code = "costs.residents"
    title = gettext_lazy("人口")
    columns = (
        Column("organisation", gettext_lazy("団体"), "organisation.name", sort="organisation__sort_order"),
        Column("code", gettext_lazy("団体コード"), "organisation.code", sort="organisation__code"),
        Column("as_of", gettext_lazy("基準日"), "as_of", Kind.DATE, sort="as_of"),
        Column("residents", gettext_lazy("人口"), "residents", Kind.NUMBER, sort="residents"),
        Column("source", gettext_lazy("出典"), "source", sort="source"),
    )
    search = ("source",)
    filters = (Filter("organisation", gettext_lazy("団体"), "organisation__code", _organisations),)
    default_sort = "-as_of"
    empty_title = gettext_lazy("人口がまだありません")
    empty_text = gettext_lazy("団体コード・基準日・人口の表を取り込むと、人口割と1人あたりの費用に使えます。")


class UsageTable(Table):
    """Quantities by month and receiver."""

    code = "costs.usage"
    title = gettext_lazy("使用量・件数")
    columns = (
        Column("driver", gettext_lazy("使用量の名前"), "driver", sort="driver"),
        Column("month", gettext_lazy("月"), "month", sort="month"),
        Column("receiver", gettext_lazy("使った団体"), "receiver.name", sort="receiver__sort_order"),
        Column("quantity", gettext_lazy("使用量"), "quantity", align="end"),
        Column(
            "organisation", gettext_lazy("測った団体"), "organisation.name", sort="organisation__sort_order"
        ),
        Column("source", gettext_lazy("出典"), "source", sort="source"),
    )
    search = ("driver", "source")
    filters = (Filter("receiver", gettext_lazy("使った団体"), "receiver__code", _organisations),)
    default_sort = "-month"
    empty_title = gettext_lazy("使用量がまだありません")
    empty_text = gettext_lazy("団体・月・名前・数量の表を取り込むと、使用量割と1件あたりの費用に使えます。")


@login_required
@require_safe
def residents(request: HttpRequest) -> HttpResponseBase:
    """List the counts of residents; they are published."""
    actor = actor_of(request)
    found = ResidentCount.objects.visible_to(actor).select_related("organisation")
    context = {"importer": "costs.residents", "may_take_in": bool(organisations_with(actor, Verb.IMPORT))}
    return ResidentTable(request, found).response("costs/basis.html", context)


@login_required
@require_safe
def usage(request: HttpRequest) -> HttpResponseBase:
    """List the quantities that one's organisations measured or used."""
    actor = actor_of(request)
    found = UsageQuantity.objects.visible_to(actor).select_related("organisation", "receiver")
    context = {"importer": "costs.usage", "may_take_in": bool(organisations_with(actor, Verb.IMPORT))}
    return UsageTable(request, found).response("costs/basis.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account_uses(request: HttpRequest) -> HttpResponse:
    """Show and say how billing accounts are used; a shared one is in joint use by itself."""
    actor = actor_of(request)
    editable = organisations_with(actor, Verb.EDIT)
    initial = {
        name: request.GET[name] for name in ("organisation", "provider", "account") if name in request.GET
    }
    form = AccountUseForm(editable, request.POST or None, initial=initial) if editable else None
    if request.method == "POST":
        if form is None:
            raise PermissionRefused(actor, Verb.EDIT)
        if form.is_valid():
            try:
                set_account_use(actor, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, ValidationError(error.messages))
            else:
                messages.success(request, _("利用方式を記録しました。"))
                return redirect("costs:account-uses")
    known = {
        (use.organisation_id, use.provider, use.account): use.get_use_form_display()
        for use in AccountUse.objects.visible_to(actor)
    }
    parts = BillPart.objects.visible_to(actor).filter(superseded_at__isnull=True).order_by()
    accounts = parts.values_list("bill__organisation_id", "provider", "account").distinct()
    names = {each.pk: each for each in Organisation.objects.all()}
    rows = sorted(
        ((names[key[0]], key[1], key[2], known.get(key, "")) for key in accounts[:ACCOUNTS_SHOWN]),
        key=lambda row: (row[0].sort_order, row[1], row[2]),
    )
    return render(request, "costs/account_uses.html", {"form": form, "accounts": rows})
