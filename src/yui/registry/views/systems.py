"""一覧: the information systems that the reader may see."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yui.kernel.scope.models import Organisation
from yui.kernel.tables.columns import Column, Kind, choice_of
from yui.kernel.tables.filters import Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of
from yui.registry.models import Hosting, NetworkZone, StandardBusinessArea, SystemCategory, SystemStatus
from yui.registry.policies import may_edit_somewhere
from yui.registry.queries.systems import systems_for


def organisation_choices() -> list[tuple[str, str]]:
    """Return every organisation in use as a choice."""
    return [(organisation.code, organisation.name) for organisation in Organisation.objects.active()]


def _areas() -> list[tuple[str, str]]:
    return [(area.code, area.name) for area in StandardBusinessArea.objects.all()]


class SystemTable(Table):
    """The list of systems."""

    code = "registry.systems"
    title = _("情報システム台帳")
    search = ("name_key", "code", "name_kana", "vendor__name_key")
    search_hint = _("システム名、コード、事業者")
    columns = (
        Column("name", _("システム名"), "name", sort="name_key"),
        Column("organisation", _("団体"), "organisation.name", sort="organisation__sort_order", nowrap=True),
        Column("code", _("コード"), "code", sort="code", nowrap=True),
        Column("category", _("区分"), "get_category_display", sort="category", default=False),
        Column("area", _("標準化対象業務"), "business_area.name", sort="business_area__order", default=False),
        Column("department", _("主管課"), "department.name", sort="department__code"),
        Column("vendor", _("主な事業者"), "vendor.name", sort="vendor__name_key"),
        Column("hosting", _("設置場所"), "get_hosting_display", sort="hosting"),
        Column("zone", _("ネットワーク"), "get_network_zone_display", sort="network_zone"),
        Column(
            "confidentiality",
            _("機密性"),
            "confidentiality",
            Kind.NUMBER,
            sort="confidentiality",
            default=False,
        ),
        Column("rto", _("目標復旧時間(時間)"), "rto_hours", Kind.NUMBER, sort="rto_hours", default=False),
        Column("users", _("利用者数"), "user_count", Kind.NUMBER, sort="user_count", default=False),
        Column("started_on", _("稼働日"), "started_on", Kind.DATE, sort="started_on", default=False),
        Column("status", _("状態"), choice_of("status"), Kind.BADGE, sort="status"),
    )
    filters = (
        Filter("organisation", _("団体"), "organisation__code", organisation_choices),
        Filter("category", _("区分"), "category", SystemCategory.choices),
        Filter("area", _("標準化対象業務"), "business_area__code", _areas),
        Filter("hosting", _("設置場所"), "hosting", Hosting.choices),
        Filter("zone", _("ネットワーク"), "network_zone", NetworkZone.choices),
        Filter("status", _("状態"), "status", SystemStatus.choices),
    )
    empty_title = _("情報システムがまだありません")
    empty_text = _("ここには各区の情報システムが並びます。1件ずつ登録するか、表を取り込んでください。")


@login_required
@require_safe
def systems(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    table = SystemTable(request, systems_for(actor_of(request)))
    may_add = may_edit_somewhere(actor_of(request))
    return table.response("registry/systems.html", {"may_add": may_add})
