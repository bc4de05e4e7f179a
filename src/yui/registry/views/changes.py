"""変更: the changes that the reader may see."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yui.kernel.tables.columns import Column, Kind, choice_of
from yui.kernel.tables.filters import DateRangeFilter, Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of
from yui.registry.models import Change, ChangeRisk, ChangeStatus
from yui.registry.policies import may_edit_somewhere
from yui.registry.views.part_lists import OF_ORGANISATION, OF_SYSTEM, SEARCH, SEARCH_HINT


class ChangeTable(Table):
    """The list of changes."""

    code = "registry.changes"
    title = _("変更")
    search = SEARCH
    search_hint = SEARCH_HINT
    columns = (
        *OF_SYSTEM,
        Column("risk", _("リスク"), choice_of("risk"), Kind.BADGE, sort="risk"),
        Column("planned_on", _("実施予定日"), "planned_on", Kind.DATE, sort="planned_on"),
        Column("requested_at", _("申請した日時"), "requested_at", Kind.DATETIME, sort="requested_at"),
        Column("requested_by", _("申請した人"), "requested_by.name", default=False),
        Column("status", _("状態"), choice_of("status"), Kind.BADGE, sort="status"),
    )
    filters = (
        OF_ORGANISATION,
        Filter("status", _("状態"), "status", ChangeStatus.choices),
        Filter("risk", _("リスク"), "risk", ChangeRisk.choices),
        DateRangeFilter("planned", _("実施予定日"), "planned_on"),
    )
    default_sort = "-requested_at"
    empty_title = _("変更の申請がまだありません")
    empty_text = _("システムに手を入れる前に、ここで申請して、管理者の承認を受けます。")


@login_required
@require_safe
def changes(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    actor = actor_of(request)
    records = Change.objects.visible_to(actor).select_related("system__organisation", "requested_by")
    may_add = may_edit_somewhere(actor)
    return ChangeTable(request, records).response("registry/changes.html", {"may_add": may_add})
