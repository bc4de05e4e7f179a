"""A series as a file, with what must stand beside its figures."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from yui.governance.statistics.areas import area_name
from yui.governance.statistics.models import Observation, Series
from yui.governance.statistics.periods import period_label
from yui.governance.statistics.words import plain
from yui.kernel.exchange.export import CellKind, ExportColumn

COLUMNS = (
    ExportColumn(_("系列コード")),
    ExportColumn(_("系列名")),
    ExportColumn(_("単位"), width=8),
    ExportColumn(_("地域コード"), width=11),
    ExportColumn(_("地域"), width=12),
    ExportColumn(_("期間"), width=14),
    ExportColumn(_("期間の初日"), CellKind.DATE),
    ExportColumn(_("値"), CellKind.NUMBER),
    ExportColumn(_("注記"), width=14),
    ExportColumn(_("出典"), width=30),
    ExportColumn(_("公表した機関"), width=20),
    ExportColumn(_("アドレス"), width=30),
    ExportColumn(_("利用条件"), width=24),
    ExportColumn(_("取得日"), CellKind.DATE),
)


def export_rows(series: Series, observations: Iterable[Observation]) -> Iterator[list[Any]]:
    """Yield a row for each figure; what is missing has its sign in place of the value."""
    source = series.source
    licence = str(source.get_licence_display())
    title = f"{source.title}({_('架空の例')})" if source.is_illustrative else source.title
    for each in observations:
        marks = [_("速報値")] * each.is_provisional + [_("改定値")] * each.is_marked_revised
        yield [
            series.code,
            series.name,
            series.unit,
            each.area_code,
            area_name(each.area_code),
            period_label(each.starts_on, series.frequency),
            each.starts_on,
            each.missing if each.value is None else plain(each.value),
            "、".join(str(mark) for mark in marks),
            title,
            source.publisher,
            source.address,
            licence,
            each.confirmed_on,
        ]
