"""事業者: the list that all wards share."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import today
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet
from yui.kernel.tables.columns import Column, Kind
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of
from yui.registry.forms import VendorForm
from yui.registry.models import Contract, Vendor
from yui.registry.operations import register_vendor
from yui.registry.policies import may_edit_somewhere
from yui.registry.views.access import own_organisation
from yui.registry.views.form_pages import add_page


def vendors_for(actor: Actor) -> ScopedQuerySet:
    """Return the vendors with count and annual yen of those contracts in force that ``actor`` may see."""
    mine = (
        Contract.objects.visible_to(actor)
        .in_force_on(today())
        .filter(vendor=OuterRef("pk"))
        .order_by()
        .values("vendor")
    )
    return Vendor.objects.visible_to(actor).annotate(
        contract_count=Coalesce(Subquery(mine.annotate(n=Count("pk")).values("n")), 0),
        annual_yen=Coalesce(Subquery(mine.annotate(yen=Sum("annual_yen")).values("yen")), 0),
    )


class VendorTable(Table):
    """The list of vendors."""

    code = "registry.vendors"
    title = _("事業者")
    search = ("name_key", "corporate_number")
    search_hint = _("事業者名、法人番号")
    columns = (
        Column("name", _("事業者名"), "name", sort="name_key"),
        Column("number", _("法人番号"), "corporate_number", sort="corporate_number"),
        Column("contracts", _("有効な契約"), "contract_count", Kind.NUMBER, sort="contract_count"),
        Column("annual", _("年額の合計"), "annual_yen", Kind.YEN, sort="annual_yen"),
    )
    default_sort = "-annual"
    empty_title = _("事業者がまだありません")
    empty_text = _("契約に出てくる会社がここに並びます。全区で1つの一覧を使います。")

    def row_url(self, record: Vendor) -> str:
        """Return the list of the vendor's contracts."""
        return f"{reverse('registry:contracts')}?{urlencode({'q': record.name})}"


@login_required
@require_safe
def vendors(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    may_add = may_edit_somewhere(actor_of(request))
    table = VendorTable(request, vendors_for(actor_of(request)))
    return table.response("registry/vendors.html", {"may_add": may_add})


@login_required
def new_vendor(request: HttpRequest) -> HttpResponse:
    """Add a company to the list."""
    organisation = own_organisation(request)
    form = VendorForm(request.POST or None)
    return add_page(
        request,
        form,
        "registry/vendor_form.html",
        organisation=organisation,
        add=lambda: register_vendor(actor_of(request), organisation=organisation, **form.cleaned_data),
        said=lambda vendor: gettext("事業者「%(name)s」を登録しました。") % {"name": vendor.name},
        leads_to=lambda _vendor: reverse("registry:vendors"),
    )
