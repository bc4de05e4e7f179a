"""サイバーセキュリティの脅威: serious incidents, detections, times to respond, shared intelligence."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from yui.governance.indicators.public import JOINT, History, histories_of
from yui.governance.overview.amounts import Amount
from yui.governance.overview.engine.yearly import monthly_counts
from yui.governance.overview.panels.comparing import finding, last_values, peers_chart, ward_tiles
from yui.governance.overview.panels.official import official_panels
from yui.governance.overview.panels.origins import advice_for, nothing_measured, of_indicator, of_measure
from yui.governance.overview.panels.parts import Advice, Headline, Panel
from yui.governance.overview.panels.stored import day_of, own_words, stored_headline
from yui.governance.overview.queries.beside import Line, beside
from yui.governance.overview.queries.measured import measured, months_alone, years_begun
from yui.governance.overview.queries.question import Question
from yui.governance.overview.sentences import listed, together
from yui.governance.statistics.public import Topic
from yui.kernel.charts import StackedColumns, StackSeries, TrendChart, TrendPoint, TrendSeries
from yui.kernel.measures.values import MeasureScope, Unit

SERIOUS, CONTAIN, SHARED = "2-KGI-1", "2-KPI-1", "2-KPI-3"
DETECTIONS = "soc.detections"
DETECT, ACKNOWLEDGE = "soc.mean_time_to_detect", "soc.mean_time_to_acknowledge"
COUNT, HOURS = Amount(Unit.COUNT), Amount(Unit.HOURS, 1)
DRAWN_MONTHS = 24


def panels(question: Question) -> tuple[Panel, ...]:
    """Return the panels of the threats."""
    stored = histories_of(question.actor, [SERIOUS, CONTAIN, SHARED], question.month)
    return (
        _serious(question, stored[SERIOUS]),
        _detections(question),
        _times(question, stored[CONTAIN]),
        _containment(question, stored[CONTAIN]),
        _shared(question, stored[SHARED]),
        *official_panels(question, Topic.THREATS),
    )


def headline(question: Question, history: History) -> Headline:
    """Return the serious incidents of the fiscal year so far, and the ward's beside the median."""
    return stored_headline(question, history, COUNT)


def _advice() -> Advice:
    return advice_for(
        "soc", _("監視の委任とインシデントを記録すると、毎晩の計算のあとに件数と時間が出ます。")
    )


def _serious(question: Question, history: History) -> Panel:
    title = _("重大なインシデント")
    whole = _by_month(history, JOINT)
    if all(value is None for value in whole):
        return Panel("serious", title, None, advice=_advice())
    months = history.months[-DRAWN_MONTHS:]
    whole = whole[-DRAWN_MONTHS:]
    series = [StackSeries(_("23区全体"), whole)]
    own: Line = ()
    if question.ward_code in history.values:
        own = _by_month(history, question.ward_code or "")[-DRAWN_MONTHS:]
        rest = tuple(
            None if value is None else max(value - (mine or Decimal()), Decimal())
            for value, mine in zip(whole, own, strict=True)
        )
        series = [StackSeries(question.ward_name, own), StackSeries(_("ほかの区"), rest)]
    chart = StackedColumns(
        title=_("重大なセキュリティインシデントの件数(月ごと)"),
        unit=COUNT.axis,
        finding=_serious_finding(question, history, whole, own),
        columns=tuple(month.label for month in months),
        column_label=_("月"),
        series=tuple(series),
    )
    note = _("月ごとの件数は、年度のはじめから数えた件数の、前の月との差です。")
    as_of = day_of(question, history, history.line(JOINT))
    return Panel("serious", title, chart, (of_indicator(history, question),), as_of, note)


def _by_month(history: History, scope_code: str) -> Line:
    starts = [month.month == 4 for month in history.months]
    return tuple(monthly_counts(history.line(scope_code), starts))


def _serious_finding(question: Question, history: History, whole: Line, own: Line) -> str:
    known = [value for value in whole[-12:] if value is not None]
    sentence = _("%(month)sまでの12か月に、23区で重大なインシデントが%(count)s起きました。") % {
        "month": history.months[-1].label,
        "count": COUNT.text(sum(known, Decimal())),
    }
    mine = [value for value in own[-12:] if value is not None]
    if mine:
        own_words = {"ward": question.ward_name, "count": COUNT.text(sum(mine, Decimal()))}
        return together(sentence, _("%(ward)sは%(count)sです。") % own_words)
    return sentence


def _detections(question: Question) -> Panel:
    title = _("区ごとの検知")
    months = [question.month]
    found = measured(DETECTIONS, question.scopes, months, months_alone(months))
    values = last_values(found.wards()) if found is not None else {}
    if found is None or not values:
        text = _("ログの送信元をつなぎ、検知ルールを動かすと、区ごとの検知件数が出ます。")
        return Panel("detections", title, None, advice=nothing_measured(found, "soc", text))
    page = reverse("overview:records", args=[DETECTIONS])
    chart = ward_tiles(
        _("検知した件数(%(month)s)") % {"month": question.month.label},
        dict(values),
        COUNT,
        question,
        value_label=_("検知した件数"),
        found=finding(beside(months, found.wards(), question.ward_code), COUNT, question),
        urls={code: f"{page}?month={question.month}&ward={code}" for code in values},
    )
    return Panel("detections", title, chart, (of_measure(found, question),), question.day)


def _times(question: Question, history: History) -> Panel:
    title = _("検知・着手・封じ込めまでの時間")
    months = history.months[-DRAWN_MONTHS:]
    joint = [MeasureScope(None)]
    found = [measured(code, joint, months, years_begun(months)) for code in (DETECT, ACKNOWLEDGE)]
    live = [each for each in found if each is not None and each.has_data]
    contain = history.line(JOINT)[-DRAWN_MONTHS:]
    lines = [(str(each.title), each.line(JOINT)) for each in live]
    if any(value is not None for value in contain):
        lines.append((history.indicator.title, contain))
    if not lines:
        return Panel("times", title, None, advice=_advice())
    chart = TrendChart(
        title=_("平均時間(23区全体、年度のはじめからその月まで)"),
        unit=HOURS.axis,
        finding=together(_times_finding(lines), own_words(question, history, HOURS)),
        series=tuple(
            TrendSeries(
                _short(name),
                tuple(TrendPoint(*each) for each in zip(months, HOURS.rounded_line(line), strict=True)),
            )
            for name, line in lines
        ),
        target=history.indicator.target_for(joint=True),
        target_label=_("封じ込めの目標 %(target)s")
        % {"target": HOURS.text(history.indicator.target_for(joint=True))},
        from_zero=True,
    )
    origins = (*(of_measure(each, question) for each in live), of_indicator(history, question))
    return Panel("times", title, chart, origins, question.day)


def _short(name: str) -> str:
    """Return the abbreviation in a measure's title, such as MTTC; else the whole title."""
    begin, end = name.rfind("("), name.rfind(")")
    return name[begin + 1 : end] if 0 <= begin < end else name


def _times_finding(lines: list[tuple[str, Line]]) -> str:
    """Say the last value of each time."""
    parts = []
    for name, line in lines:
        last = next((value for value in reversed(line) if value is not None), None)
        if last is not None:
            parts.append(_("%(name)sは%(value)s") % {"name": name, "value": HOURS.text(last)})
    return _("いちばん新しい値は、%(parts)sです。") % {"parts": listed(parts)}


def _containment(question: Question, history: History) -> Panel:
    title = _("封じ込めまでの時間を区で比べる")
    found = beside(history.months, history.wards(), question.ward_code, history.line(JOINT))
    if not found.has_data:
        return Panel("containment", title, None, advice=_advice())
    chart = peers_chart(
        _("%(title)s(年度のはじめからその月まで)") % {"title": history.indicator.title},
        found,
        HOURS,
        question,
        whole_name=_("23区全体"),
    )
    as_of = day_of(question, history, history.line(JOINT))
    return Panel("containment", title, chart, (of_indicator(history, question),), as_of)


def _shared(question: Question, history: History) -> Panel:
    title = _("共有された脅威インテリジェンス")
    line = history.line(JOINT)
    if all(value is None for value in line):
        text = _("脅威インテリジェンスを共有すると、毎晩の計算のあとに月ごとの件数が出ます。")
        return Panel("shared", title, None, advice=advice_for("intel", text))
    points = tuple(TrendPoint(*each) for each in zip(history.months, COUNT.rounded_line(line), strict=True))
    last = max(place for place, value in enumerate(line) if value is not None)
    chart = TrendChart(
        title=history.indicator.title,
        unit=COUNT.axis,
        finding=together(
            _("%(month)sに%(count)sが共有されました。")
            % {"month": history.months[last].label, "count": COUNT.text(line[last])},
            own_words(question, history, COUNT),
        ),
        series=(TrendSeries(_("23区全体"), points),),
        from_zero=True,
    )
    as_of = day_of(question, history, line)
    return Panel("shared", title, chart, (of_indicator(history, question),), as_of)
