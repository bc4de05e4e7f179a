"""運用コストの推移: yen by month, the share of expenditure by ward, exchange rates, per resident."""

from decimal import Decimal

from django.utils.translation import gettext as _

from yui.governance.indicators.public import JOINT, History, histories_of
from yui.governance.overview.amounts import Amount
from yui.governance.overview.panels.comparing import finding, last_values, peers_chart, ward_bars
from yui.governance.overview.panels.official import official_panels
from yui.governance.overview.panels.origins import advice_for, nothing_measured, of_indicator, of_measure
from yui.governance.overview.panels.parts import Advice, Headline, Panel
from yui.governance.overview.panels.stored import day_of, stored_headline
from yui.governance.overview.queries.beside import Line, beside
from yui.governance.overview.queries.measured import Measured, measured, months_alone
from yui.governance.overview.queries.question import Question
from yui.governance.overview.sentences import together
from yui.governance.statistics.public import Topic
from yui.kernel.charts import TrendChart, TrendPoint, TrendSeries
from yui.kernel.measures.values import MeasureScope, Unit
from yui.kernel.money import percent, round_half_up

RATIO = "1-KGI-1"
AS_BILLED = "costs.it_expenditure_ratio"
WITHOUT_ONE_OFF = "costs.it_expenditure_ratio_without_one_off"
PER_RESIDENT = "costs.per_resident"
YEN, SHARE = Amount(Unit.YEN), Amount(Unit.PERCENT, 2)
BASIS_MONTHS = 13


def panels(question: Question) -> tuple[Panel, ...]:
    """Return the panels of the costs."""
    history = histories_of(question.actor, [RATIO], question.month)[RATIO]
    return (
        _yen(question, history),
        _ratio(question, history),
        _bases(question, history),
        _per_resident(question),
        *official_panels(question, Topic.COSTS),
    )


def headline(question: Question, history: History) -> Headline:
    """Return the joint ratio, and the ward's beside the median."""
    return stored_headline(question, history, SHARE)


def _advice() -> Advice:
    return advice_for(
        "costs", _("各区の請求と歳出総額を取り込むと、毎晩の計算のあとに運用経費の推移が出ます。")
    )


def _yen(question: Question, history: History) -> Panel:
    title = _("運用経費の推移")
    line = history.numerators.get(JOINT, ())
    if all(value is None for value in line):
        return Panel("cost", title, None, advice=_advice())
    points = tuple(TrendPoint(*each) for each in zip(history.months, YEN.rounded_line(line), strict=True))
    chart = TrendChart(
        title=_("23区のIT関連運用経費(為替一定、月ごと)"),
        unit=YEN.axis,
        finding=_yen_finding(question, history, line),
        series=(TrendSeries(_("23区全体"), points),),
        from_zero=True,
    )
    note = _(
        "歳出総額と請求のそろった区の合計です。為替の動きで変わらないように、決まった為替で円にしています。"
    )
    return Panel(
        "cost", title, chart, (of_indicator(history, question),), day_of(question, history, line), note
    )


def _yen_finding(question: Question, history: History, line: Line) -> str:
    last = max(place for place, value in enumerate(line) if value is not None)
    now = line[last]
    sentences = [
        _("%(month)sの運用経費は%(value)sです。")
        % {"month": history.months[last].label, "value": YEN.text(now)}
    ]
    before = line[last - 12] if last >= 12 else None
    if before and now is not None:
        change = _signed((now - before) * 100 / before, 1)
        sentences.append(_("1年前の同じ月から%(change)s%%変わりました。") % {"change": change})
    own = history.numerators.get(question.ward_code or "", ())
    if own and own[last] is not None and now:
        share = percent(own[last] or Decimal(), now)
        sentences.append(
            _("%(ward)sは%(value)s(23区の%(share)s)です。")
            % {
                "ward": question.ward_name,
                "value": YEN.text(own[last]),
                "share": Amount(Unit.PERCENT, 1).text(share),
            }
        )
    return together(*sentences)


def _ratio(question: Question, history: History) -> Panel:
    title = _("歳出に対する割合を区で比べる")
    found = beside(history.months, history.wards(), question.ward_code, history.line(JOINT))
    if not found.has_data:
        return Panel("ratio", title, None, advice=_advice())
    chart = peers_chart(
        history.indicator.title, found, SHARE, question, whole_name=_("23区全体"), from_zero=False
    )
    as_of = day_of(question, history, history.line(JOINT))
    return Panel("ratio", title, chart, (of_indicator(history, question),), as_of)


def _bases(question: Question, history: History) -> Panel:
    title = _("為替と一時経費の影響")
    months = history.months[-BASIS_MONTHS:]
    scopes = [MeasureScope(None)] + ([MeasureScope(question.ward)] if question.ward else [])
    billed, running = (
        measured(code, scopes, months, months_alone(months)) for code in (AS_BILLED, WITHOUT_ONE_OFF)
    )
    neutral = history.line(JOINT)[-BASIS_MONTHS:]
    known = [found for found in (billed, running) if found is not None and found.has_data]
    if not known or all(value is None for value in neutral):
        return Panel("bases", title, None, advice=nothing_measured(billed, "costs", str(_advice().text)))
    lines: list[tuple[str, Line]] = [(_("為替一定"), neutral)]
    lines += [(name, found.line(JOINT)) for name, found in _named(billed, running)]
    chart = TrendChart(
        title=_("歳出に対する割合(23区全体、数え方ごと)"),
        unit=SHARE.axis,
        finding=together(
            _basis_finding(history, JOINT, billed, running) or _("この月の割合はまだ出ていません。"),
            _basis_of_ward(question, history, billed, running),
        ),
        series=tuple(
            TrendSeries(
                name, tuple(TrendPoint(*each) for each in zip(months, SHARE.rounded_line(line), strict=True))
            )
            for name, line in lines
        ),
    )
    origins = (of_indicator(history, question), *(of_measure(found, question) for found in known))
    note = _("「一時経費なし」は為替一定から、移行そのもののような一時の経費を除いたものです。")
    return Panel("bases", title, chart, origins, question.day, note)


def _named(billed: Measured | None, running: Measured | None) -> list[tuple[str, Measured]]:
    pairs = ((_("請求どおり"), billed), (_("一時経費なし"), running))
    return [(name, found) for name, found in pairs if found is not None and found.has_data]


def _basis_finding(
    history: History, scope_code: str, billed: Measured | None, running: Measured | None
) -> str:
    """Say how far exchange rates and one-off costs move a scope's ratio of the last month."""
    at = history.line(scope_code)[-1]
    if at is None:
        return ""
    sentences = []
    if billed is not None and (value := billed.line(scope_code)[-1]) is not None:
        sentences.append(
            _("為替の動きは割合を%(change)sポイント変えています。") % {"change": _signed(value - at, 2)}
        )
    if running is not None and (value := running.line(scope_code)[-1]) is not None:
        sentences.append(
            _("一時の経費は割合の%(change)sポイント分です。") % {"change": SHARE.text(at - value).rstrip("%")}
        )
    return together(*sentences)


def _basis_of_ward(
    question: Question, history: History, billed: Measured | None, running: Measured | None
) -> str:
    """Say the same of the ward that is set beside the others."""
    found = _basis_finding(history, question.ward_code or "", billed, running) if question.ward else ""
    return _("%(ward)sでは: %(finding)s") % {"ward": question.ward_name, "finding": found} if found else ""


def _per_resident(question: Question) -> Panel:
    title = _("住民1人あたりを区で比べる")
    months = [question.month]
    found = measured(PER_RESIDENT, question.scopes, months, months_alone(months))
    text = _("請求と人口を取り込むと、住民1人あたりの運用経費が出ます。")
    if found is None or not found.wards() or not last_values(found.wards()):
        return Panel("per-resident", title, None, advice=nothing_measured(found, "costs", text))
    values = last_values(found.wards())
    chart = ward_bars(
        _("住民1人あたりのIT関連運用経費(%(month)s)") % {"month": question.month.label},
        values,
        YEN,
        question,
        finding(beside(months, found.wards(), question.ward_code), YEN, question),
    )
    return Panel("per-resident", title, chart, (of_measure(found, question),), question.day)


def _signed(value: Decimal, decimals: int) -> str:
    rounded = round_half_up(value, decimals)
    sign = "±" if not rounded else "+" if rounded > 0 else "−"
    return f"{sign}{abs(rounded):,f}"
