"""人材面の状況: staff; proposals, practices and solved questions per 100 staff; training."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yui.governance.indicators.public import JOINT, History, histories_of
from yui.governance.overview.amounts import Amount
from yui.governance.overview.panels.comparing import peers_chart
from yui.governance.overview.panels.official import official_panels
from yui.governance.overview.panels.origins import advice_for, nothing_measured, of_indicator, of_measure
from yui.governance.overview.panels.parts import Headline, Origin, Panel
from yui.governance.overview.panels.stored import day_of, own_words, stored_headline
from yui.governance.overview.queries.beside import beside
from yui.governance.overview.queries.measured import measured, years_to
from yui.governance.overview.queries.question import Question
from yui.governance.overview.queries.staff import staff_beside
from yui.governance.overview.sentences import listed, together
from yui.governance.statistics.public import Topic
from yui.kernel.calendar_jp import Month
from yui.kernel.charts import TrendChart, TrendPoint, TrendSeries
from yui.kernel.measures.values import Unit

GROWTH, COMPLETIONS = "3-KGI-1", "3-KSI-1"
STEP = 3
"""Months between the points of a line of twelve-month figures: neighbours share eleven months anyway."""


@dataclass(frozen=True)
class Watched:
    """A measure that is drawn for all wards: its panel, how it is written, what to do without figures."""

    panel: str
    title: Promise
    measure: str
    amount: Amount
    room: str
    advice: Promise


WATCHED = (
    Watched(
        "proposals",
        gettext_lazy("改善提案"),
        "practices.proposals_per_100_staff",
        Amount(Unit.COUNT, 2),
        "practices",
        gettext_lazy("改善提案と職員数を記録すると、職員100人あたりの件数が出ます。"),
    ),
    Watched(
        "practices",
        gettext_lazy("グッドプラクティス"),
        "practices.registered_per_100_staff",
        Amount(Unit.COUNT, 2),
        "practices",
        gettext_lazy("グッドプラクティスを登録すると、職員100人あたりの件数が出ます。"),
    ),
    Watched(
        "questions",
        gettext_lazy("解決した質問"),
        "commons.solved_per_100_staff",
        Amount(Unit.COUNT, 2),
        "commons",
        gettext_lazy("共創プラットフォームで質問が解決すると、職員100人あたりの件数が出ます。"),
    ),
    Watched(
        "answers",
        gettext_lazy("最初の回答までの時間"),
        "commons.first_answer_hours",
        Amount(Unit.HOURS, 1),
        "commons",
        gettext_lazy("共創プラットフォームの質問に回答がつくと、最初の回答までの時間が出ます。"),
    ),
)


def panels(question: Question) -> tuple[Panel, ...]:
    """Return the panels of the people."""
    stored = histories_of(question.actor, [COMPLETIONS], question.month)
    months = question.months[::-STEP][::-1]
    return (
        _staff(question),
        *(_watched(question, each, months) for each in WATCHED),
        _training(question, stored[COMPLETIONS]),
        *official_panels(question, Topic.PEOPLE),
    )


def headline(question: Question, history: History) -> Headline:
    """Return how many proposals there are against the baseline year, and the ward's beside the median."""
    return stored_headline(question, history, Amount(Unit.RATIO, 2))


def _staff(question: Question) -> Panel:
    title = _("職員数")
    found = staff_beside(question)
    if found is None:
        text = _("職員数を年度ごとに入れると、区ごとの職員数と、100人あたりの値が出ます。")
        return Panel("staff", title, None, advice=advice_for("practices", text))
    people = Amount(Unit.PEOPLE)
    chart = peers_chart(
        _("職員数(年度ごと)"),
        found.beside,
        people,
        question,
        period_label=_("年度"),
        more=_("記録のある区の合計は%(total)sです。") % {"total": people.text(found.total)},
    )
    text = _("団体の職員数の記録(出所: %(sources)s)") % {"sources": listed(found.sources)}
    return Panel("staff", title, chart, (Origin(text),), min(found.year.end, question.day))


def _watched(question: Question, watched: Watched, months: Sequence[Month]) -> Panel:
    title = str(watched.title)
    found = measured(watched.measure, question.scopes, months, years_to(months))
    if found is None or not found.has_data:
        return Panel(
            watched.panel, title, None, advice=nothing_measured(found, watched.room, str(watched.advice))
        )
    chart = peers_chart(
        _("%(title)s(その月までの12か月)") % {"title": found.title},
        beside(months, found.wards(), question.ward_code, found.line(JOINT)),
        watched.amount,
        question,
        whole_name=_("23区全体"),
    )
    return Panel(watched.panel, title, chart, (of_measure(found, question),), question.day)


def _training(question: Question, history: History) -> Panel:
    title = _("人材育成プログラムの修了者")
    line = history.line(JOINT)
    if all(value is None for value in line):
        text = _("研修の修了を記録すると、毎晩の計算のあとに修了者の数が出ます。")
        return Panel("training", title, None, advice=advice_for("learning", text))
    people = Amount(Unit.PEOPLE)
    points = tuple(TrendPoint(*each) for each in zip(history.months, people.rounded_line(line), strict=True))
    last = max(place for place, value in enumerate(line) if value is not None)
    target = history.indicator.target_for(joint=True)
    chart = TrendChart(
        title=_("%(title)s(3年度の延べ)") % {"title": history.indicator.title},
        unit=people.axis,
        finding=together(
            _("%(month)sまでに延べ%(count)sが修了しました。")
            % {"month": history.months[last].label, "count": people.text(line[last])},
            own_words(question, history, people),
        ),
        series=(TrendSeries(_("23区全体"), points),),
        target=target,
        target_label=_("目標 %(target)s") % {"target": people.text(target)},
        from_zero=True,
    )
    return Panel(
        "training", title, chart, (of_indicator(history, question),), day_of(question, history, line)
    )
