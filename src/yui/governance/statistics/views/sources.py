"""出典: the list of sources, what one is, its series, and the files taken in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yui.governance.statistics.forms import SeriesForm, SourceForm
from yui.governance.statistics.models import Licence, Source
from yui.governance.statistics.operations import save_series, save_source
from yui.governance.statistics.policies import may_keep, may_keep_somewhere, may_load
from yui.governance.statistics.queries.series import series_for
from yui.governance.statistics.queries.sources import intakes_of, sources_for
from yui.governance.statistics.views.access import require_keep, visible_series, visible_source
from yui.kernel.tables.columns import Column, Kind, choice_of
from yui.kernel.tables.filters import Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of, attempt, keeping_organisation

INTAKES_SHOWN = 20


class SourceTable(Table):
    """The list of sources."""

    code = "statistics.sources"
    title = _("統計の出典")
    search = ("title", "code", "publisher")
    search_hint = _("名称、機関、コード")
    columns = (
        Column("title", _("名称"), "title", sort="title"),
        Column("publisher", _("公表した機関"), "publisher", sort="publisher"),
        Column("licence", _("利用条件"), choice_of("licence"), Kind.BADGE, sort="licence"),
        Column("keeper", _("管理する団体"), "organisation.name", sort="organisation__sort_order"),
        Column("visibility", _("見える範囲"), choice_of("visibility"), Kind.BADGE, default=False),
        Column("code", _("コード"), "code", sort="code", default=False),
        Column("illustrative", _("架空の例"), "is_illustrative", Kind.BOOL),
    )
    filters = (Filter("licence", _("利用条件"), "licence", Licence.choices),)
    default_sort = "title"
    empty_title = _("出典がまだありません")
    empty_text = _("統計を公表した機関と利用条件を、はじめに書いておきます。")


@login_required
@require_safe
def source_list(request: HttpRequest) -> HttpResponseBase:
    """Show the sources that the reader may see."""
    actor = actor_of(request)
    context = {"may_keep": may_keep_somewhere(actor)}
    return SourceTable(request, sources_for(actor)).response("statistics/sources.html", context)


@login_required
@require_safe
def source_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a source with its series and the files taken in."""
    actor = actor_of(request)
    source = visible_source(request, pk)
    context = {
        "source": source,
        "series": series_for(actor).filter(source=source),
        "intakes": intakes_of(actor, source)[:INTAKES_SHOWN],
        "may_keep": may_keep(actor, source),
        "may_load": may_load(actor, source),
    }
    return render(request, "statistics/source.html", context)


@login_required
def new_source(request: HttpRequest) -> HttpResponse:
    """Enter a source."""
    organisation = keeping_organisation(request)
    return _source_form(request, Source(organisation=organisation), is_new=True)


@login_required
def edit_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of a source."""
    source = visible_source(request, pk)
    require_keep(request, source)
    return _source_form(request, source, is_new=False)


def _source_form(request: HttpRequest, source: Source, *, is_new: bool) -> HttpResponse:
    form = SourceForm(request.POST or None, instance=source)
    if request.method == "POST":
        _done, saved = attempt(
            form,
            lambda: save_source(
                actor_of(request),
                organisation=source.organisation,
                facts=form.facts(),
                source=None if is_new else source,
            ),
        )
        if saved is not None:
            messages.success(request, gettext("保存しました。"))
            return redirect(saved)
    context = {"form": form, "source": source, "is_new": is_new}
    return render(request, "statistics/source_form.html", context, status=422 if form.errors else 200)


@login_required
def edit_series(request: HttpRequest, code: str) -> HttpResponse:
    """Change what is said of a series."""
    series = visible_series(request, code)
    require_keep(request, series.source)
    form = SeriesForm(request.POST or None, instance=series)
    if request.method == "POST":
        _done, saved = attempt(
            form,
            lambda: save_series(actor_of(request), source=series.source, facts=form.facts(), series=series),
        )
        if saved is not None:
            messages.success(request, gettext("保存しました。"))
            return redirect(saved)
    context = {"form": form, "series": series}
    return render(request, "statistics/series_form.html", context, status=422 if form.errors else 200)
