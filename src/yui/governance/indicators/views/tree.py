"""指標: the three pillars with every KGI, KSI and KPI as stored for a month."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from yui.governance.indicators.queries.rows import PillarRows, pillar_rows_of, status_counts
from yui.governance.indicators.views.asking import Asked, asked
from yui.governance.indicators.views.downloads import enter_export, exporting_organisation_id, table_file
from yui.kernel.exchange.export import CellKind, ExportColumn
from yui.kernel.tables.downloads import FORMATS
from yui.kernel.ui.asking import actor_of


@login_required
@require_safe
def tree(request: HttpRequest) -> HttpResponseBase:
    """Show the tree of a month and a scope, or send it as a file."""
    question = asked(request)
    pillars = pillar_rows_of(actor_of(request), question.month, question.scope_code)
    file_format = request.GET.get("download", "")
    if file_format in FORMATS:
        return _file(request, question, pillars, file_format)
    context = {
        "asked": question,
        "pillars": pillars,
        "counts": [(code, number) for code, number in status_counts(pillars).items() if number],
        "has_data": any(row.value is not None for pillar in pillars for row in pillar.rows),
        "may_export": exporting_organisation_id(actor_of(request)) is not None,
        "formats": [(name, name.upper()) for name in FORMATS],
    }
    return render(request, "indicators/tree.html", context)


def _file(
    request: HttpRequest, question: Asked, pillars: Sequence[PillarRows], file_format: str
) -> HttpResponseBase:
    rows = list(_rows(question, pillars))
    enter_export(request, "indicators.tree", len(rows), file_format)
    columns = [
        ExportColumn(_("指標コード")),
        ExportColumn(_("支援策")),
        ExportColumn(_("水準")),
        ExportColumn(_("指標"), width=40),
        ExportColumn(_("範囲")),
        ExportColumn(_("月")),
        ExportColumn(_("値"), CellKind.NUMBER),
        ExportColumn(_("単位")),
        ExportColumn(_("目標")),
        ExportColumn(_("状態")),
        ExportColumn(_("前月比"), CellKind.NUMBER),
    ]
    title = pgettext("list", "指標")
    name = f"{title}_{question.scope_code}_{question.month}"
    return table_file(title, columns, rows, file_format, name)


def _rows(question: Asked, pillars: Sequence[PillarRows]) -> Iterator[list[Any]]:
    scope = question.ward.name if question.ward else _("23区全体")
    for pillar in pillars:
        for row in pillar.rows:
            yield [
                row.code, pillar.title, row.level, row.title, scope, str(row.month), row.value, row.unit,
                row.target_text, row.status_text, row.change,
            ]  # fmt: skip
