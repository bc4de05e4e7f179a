"""The paper of a result: what its PDF and its workbook say."""

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yui.governance.priorities.charting import acceptability_chart, interval_chart, ward_chart
from yui.governance.priorities.formats.result_paper import PaperTable, ResultPaper, Value
from yui.governance.priorities.models import PrioritySet, Round
from yui.governance.priorities.queries.result import Result
from yui.governance.priorities.words import flip_text, order_text, paragraph, sign
from yui.kernel.calendar_jp import format_date, now
from yui.kernel.charts import Chart


def paper_of(priority_set: PrioritySet, round_: Round, found: Result) -> ResultPaper:
    """Return the paper of a result."""
    criteria = found.table.criteria
    charts: list[Chart] = [acceptability_chart(found), interval_chart(found)]
    charts += [ward_chart(criteria, found.weightings, found.weights)] if found.weightings else []
    made_at = now()
    return ResultPaper(
        title=priority_set.title,
        subtitle=f"{priority_set.organisation.name} · {round_} · {priority_set.get_state_display()} · "
        f"{format_date(made_at.date())}",
        notice=_("点数は架空の例です。記事に点数はありません。") if priority_set.is_illustrative else "",
        language=(get_language() or "ja")[:2],
        order=order_text(each.option for each in found.options),
        sentences=tuple(paragraph(found)),
        flips_title=_("どれだけ重みを動かすと1位が変わるか"),
        flips=tuple(flip_text(option, flip, criteria, found.weights) for option, flip in found.flips),
        tables=tuple(_tables(found)),
        drawings=tuple((chart.draw(), chart.description) for chart in charts),
        page_word=_("ページ"),
        made_at=made_at,
    )


def _tables(found: Result) -> list[PaperTable]:
    titles = tuple(each.title for each in found.table.criteria)
    count = len(found.options)
    places = tuple(_("%(rank)s位") % {"rank": rank + 1} for rank in range(count))
    return [
        PaperTable(
            _("順位"),
            (_("順位"), _("選択肢"), _("総合点"), *places, "TOPSIS", "PROMETHEE II"),
            tuple(
                (
                    float(each.rank),
                    f"{sign(each.option)} {each.option.title}",
                    round(each.value, 3),
                    *each.acceptability,
                    each.topsis,
                    each.promethee,
                )
                for each in found.options
            ),
            frozenset(range(3, 3 + count)),
        ),
        PaperTable(
            _("点数"),
            (_("選択肢"), *titles),
            tuple(
                (f"{sign(option)} {option.title}", *(cell.value for cell in cells))
                for option, cells in found.table.rows
            ),
        ),
        PaperTable(
            _("重み"),
            (_("区"), *titles, _("順位")),
            (
                (_("いまの重み"), *found.weights, order_text(each.option for each in found.options)),
                *_ward_rows(found),
            ),
            frozenset(range(1, 1 + len(titles))),
        ),
    ]


def _ward_rows(found: Result) -> Sequence[tuple[Value, ...]]:
    return [(each.weighting.name, *each.weighting.weights, order_text(each.order)) for each in found.rankings]
