"""公的統計: the list of series."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yui.governance.statistics.models import Series, Topic
from yui.governance.statistics.periods import period_label
from yui.governance.statistics.policies import may_keep_somewhere
from yui.governance.statistics.queries.series import series_for
from yui.kernel.tables.columns import Column, Kind, choice_of
from yui.kernel.tables.filters import BooleanFilter, Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of


class SeriesTable(Table):
    """The list of series."""

    code = "statistics.series"
    title = _("公的統計")
    search = ("title", "title_en", "code", "source__title", "source__publisher")
    search_hint = _("系列名、出典、機関")
    columns = (
        Column("title", _("系列名"), "name", sort="title"),
        Column("unit", _("単位"), "unit"),
        Column("topic", _("分野"), choice_of("topic"), Kind.BADGE, sort="topic"),
        Column("latest", _("最新の期間"), lambda each: _latest(each), sort="latest_on", nowrap=True),
        Column("source", _("出典"), "source.title", sort="source__title"),
        Column("publisher", _("公表した機関"), "source.publisher", sort="source__publisher", default=False),
        Column("retrieved", _("取得日"), "retrieved_on", Kind.DATE, sort="retrieved_on", default=False),
        Column("code", _("コード"), "code", sort="code", default=False),
        Column(
            "keeper", _("管理する団体"), "source.organisation.name", sort="source__organisation__sort_order"
        ),
        Column("illustrative", _("架空の例"), "source.is_illustrative", Kind.BOOL),
    )
    filters = (
        Filter("topic", _("分野"), "topic", Topic.choices),
        BooleanFilter("illustrative", _("架空の例"), "source__is_illustrative"),
    )
    default_sort = "topic"
    empty_title = _("統計がまだありません")
    empty_text = _("出典をつくり、CSV、XLSX、e-StatのJSONのファイルを取り込むと、ここに系列が並びます。")


def _latest(series: Series) -> str:
    latest_on = series.latest_on  # type: ignore[attr-defined]
    return period_label(latest_on, series.frequency) if latest_on else ""


@login_required
@require_safe
def series_list(request: HttpRequest) -> HttpResponseBase:
    """Show the series that the reader may see."""
    actor = actor_of(request)
    context = {"may_keep": may_keep_somewhere(actor)}
    return SeriesTable(request, series_for(actor)).response("statistics/list.html", context)
