"""A logic model as the sheets of a workbook: its boxes, its arrows, what is missing."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yui.governance.challenges.queries.logic_model import LogicModel
from yui.governance.challenges.words import column_text, gap_text
from yui.kernel.exchange.export import CellKind, ExportColumn, Sheet

WIDE, WIDER = 40, 60


def model_sheets(model: LogicModel) -> list[Sheet]:
    """Return the sheets, in the reader's language."""
    month = str(model.month)
    boxes = [
        [
            column_text(node.column), node.title, node.row.value if node.row else None,
            node.row.unit if node.row else "", node.target_text, node.status_text, month,
        ]
        for node in model.nodes
    ]  # fmt: skip
    arrows = [
        [
            each.source.title, each.target.title, each.link.get_kind_display(), each.strength.label,
            each.link.assumption, each.link.basis, _("はい") if each.link.is_quoted else _("いいえ"),
        ]
        for each in model.arrows
    ]  # fmt: skip
    return [
        Sheet(
            _("項目"),
            [
                ExportColumn(_("列")),
                ExportColumn(_("名称"), width=WIDE),
                ExportColumn(_("値"), CellKind.NUMBER),
                ExportColumn(_("単位")),
                ExportColumn(_("目標")),
                ExportColumn(_("状態")),
                ExportColumn(_("月")),
            ],
            boxes,
        ),
        Sheet(
            _("つながり"),
            [
                ExportColumn(_("線のもと"), width=WIDE),
                ExportColumn(_("線の先"), width=WIDE),
                ExportColumn(_("種類")),
                ExportColumn(_("根拠の強さ")),
                ExportColumn(_("なぜそうなるか"), width=WIDER),
                ExportColumn(_("もとにした資料"), width=WIDE),
                ExportColumn(_("記事の引用")),
            ],
            arrows,
        ),
        Sheet(
            pgettext("logic model", "穴"),
            [ExportColumn(pgettext("logic model", "穴"), width=WIDER)],
            [[gap_text(gap)] for gap in model.gaps],
        ),
    ]
