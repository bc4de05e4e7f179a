"""Official statistics of a topic with their sources: a ward, the median of the wards, the nation."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yui.governance.overview.amounts import Amount
from yui.governance.overview.panels.comparing import peers_chart
from yui.governance.overview.panels.origins import advice_for
from yui.governance.overview.panels.parts import Origin, Panel
from yui.governance.overview.queries.beside import Beside
from yui.governance.overview.queries.question import Question
from yui.governance.statistics.public import SeriesLine, Topic, compare, series_of_topic
from yui.kernel.calendar_jp import format_date

MOST_SERIES = 3
"""Series that one view draws; the others are a link away in the list of statistics."""


def official_panels(question: Question, topic: Topic) -> list[Panel]:
    """Return a panel for each of a topic's first series; where there is none, one says what to load."""
    found = series_of_topic(question.actor, topic)
    if not found:
        return [_nothing(topic)]
    shown = [panel_of(question, series) for series in found[:MOST_SERIES]]
    return [panel for panel in shown if panel is not None] or [_nothing(topic)]


def panel_of(question: Question, series: SeriesLine) -> Panel | None:
    """Return a series as a panel; None where it has neither a ward's nor the nation's value."""
    comparison = compare(question.actor, series.code, question.ward_code)
    found = Beside(comparison.periods, comparison, comparison.nation)
    if not found.has_data:
        return None
    amount = Amount(series.unit, series.decimals)
    chart = peers_chart(
        series.title,
        found,
        amount,
        question,
        whole_name=pgettext("area", "全国"),
        period_label=_("期間"),
        more=_nation(found, amount),
    )
    return Panel(
        code=f"statistics-{series.code}",
        title=_("公的統計:%(title)s") % {"title": series.title},
        chart=chart,
        origins=(_origin(series),),
        as_of=series.source.retrieved_on,
        note=_("架空の統計です。実在の区の値ではありません。") if series.source.is_illustrative else "",
    )


def _nation(found: Beside, amount: Amount) -> str:
    """Say what the nation's value is where the wards' are told, too."""
    last = found.last
    if last is None or found.whole[last] is None:
        return ""
    return _("全国は%(value)sです。") % {"value": amount.text(found.whole[last])}


def _origin(series: SeriesLine) -> Origin:
    source = series.source
    text = _("%(publisher)s「%(title)s」(%(licence)s、%(date)s 取得)") % {
        "publisher": source.publisher,
        "title": source.title,
        "licence": source.licence,
        "date": format_date(source.retrieved_on),
    }
    return Origin(text, series.url, source.url)


def _nothing(topic: Topic) -> Panel:
    return Panel(
        code=f"statistics-{topic.value}",
        title=_("公的統計"),
        chart=None,
        advice=advice_for(
            "statistics",
            _("この見方の公的統計がまだ取り込まれていません。取り込むと、区の中央値と全国の線が出ます。"),
        ),
    )
