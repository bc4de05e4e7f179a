"""移行の残り: what remains month by month, by plan and really, and when the pace would end it."""

from statistics import median

from django.utils.translation import gettext as _

from yui.governance.overview.panels.parts import Advice, Origin, Panel
from yui.governance.overview.queries.migration import DEADLINE, BurnDown, Progress, burn_down_of
from yui.governance.overview.sentences import together
from yui.kernel.calendar_jp import Month, format_date
from yui.kernel.charts import ProjectedPoint, TrendChart, TrendMark, TrendPoint, TrendSeries
from yui.kernel.money import round_half_up, to_decimal

DRAWN_AHEAD = 24


def burn_down_panel(progress: Progress, origins: tuple[Origin, ...], advice: Advice) -> Panel:
    """Return the panel of what remains; without a record it says what to enter."""
    title = _("移行の残り")
    if not progress.roads:
        return Panel("burn-down", title, None, advice=advice)
    found = burn_down_of(progress)
    return Panel("burn-down", title, _chart(progress, found), origins, progress.day, _note(found))


def _chart(progress: Progress, found: BurnDown) -> TrendChart:
    really = tuple(TrendPoint(*each) for each in zip(found.months, found.really, strict=True))
    planned = tuple(TrendPoint(*each) for each in zip(found.months, found.planned, strict=True))
    return TrendChart(
        title=_("移行していない件数(23区×20業務)"),
        unit=_("件"),
        finding=_finding(progress, found),
        from_zero=True,
        series=(TrendSeries(_("残り(実績)"), really), TrendSeries(_("残り(予定)"), planned)),
        projection=_projection(progress.question.month, found),
        marks=(TrendMark(Month.of(DEADLINE), _("法律の期限")),),
    )


def _projection(month: Month, found: BurnDown) -> tuple[ProjectedPoint, ...]:
    """Return the fan from the month asked for on, until the expected line is at nothing."""
    if found.pace is None or found.end is None or not found.now:
        return ()
    ahead = min(DRAWN_AHEAD, found.end.expected or DRAWN_AHEAD)
    points = []
    for step in range(1, ahead + 1):
        low, expected, high = (
            round_half_up(to_decimal(left), 1) for left in found.pace.after(found.now, step)
        )
        points.append(ProjectedPoint(month.shift(step), expected, low, high))
    return tuple(points)


def _finding(progress: Progress, found: BurnDown) -> str:
    question = progress.question
    due = found.planned[found.months.index(question.month)]
    sentences = [
        _("%(day)s、%(total)d件のうち残りは%(now)d件です。予定どおりなら%(due)d件のはずでした。")
        % {"day": format_date(progress.day), "total": found.total, "now": found.now, "due": due},
        _pace_sentence(question.month, found),
        _plan_sentence(question.month, found),
    ]
    code = question.ward_code
    if code in progress.by_ward:
        left = {
            ward: sum(not cell.is_done(progress.day) for cell in cells)
            for ward, cells in progress.by_ward.items()
        }
        sentences.append(
            _("%(ward)sの残りは%(total)d件のうち%(own)d件です(区の中央値は%(median)g件)。")
            % {
                "ward": question.ward_name,
                "total": len(progress.by_ward[code]),
                "own": left[code],
                "median": median(left.values()),
            }
        )
    return together(*sentences)


def _pace_sentence(month: Month, found: BurnDown) -> str:
    """Say when nothing would remain at the pace of the last twelve months, and how sure that is."""
    if not found.now:
        return _("すべて移行済です。")
    if found.pace is None or found.end is None:
        return _("記録が3か月分に足りないので、終わる時期は言えません。")
    if found.end.expected is None:
        return _("直近12か月の進み方では、20年たっても終わりません。")
    values = {
        "pace": f"{found.pace.mean:.1f}",
        "expected": month.shift(found.end.expected).label,
        "earliest": month.shift(found.end.earliest or found.end.expected).label,
    }
    if found.end.latest is None:
        return (
            _(
                "直近12か月の進み方(月%(pace)s件)なら%(expected)sに終わります。"
                "早ければ%(earliest)sですが、遅い場合の時期は言えません。"
            )
            % values
        )
    return _(
        "直近12か月の進み方(月%(pace)s件)なら%(expected)sに終わります"
        "(90%%の見込みで%(earliest)s〜%(latest)s)。"
    ) % {**values, "latest": month.shift(found.end.latest).label}


def _plan_sentence(month: Month, found: BurnDown) -> str:
    """Say until when the plan goes on, where that is later than the pace would need, and what has no plan."""
    sentences = []
    expected = found.end.expected if found.end else None
    if (
        found.now
        and expected is not None
        and found.last_planned
        and found.last_planned > month.shift(expected)
    ):
        sentences.append(
            _("予定では、いちばん遅いものが%(month)sまでかかります。") % {"month": found.last_planned.label}
        )
    if found.without_plan:
        sentences.append(_("予定日のないものが%(count)d件あります。") % {"count": found.without_plan})
    return together(*sentences)


def _note(found: BurnDown) -> str:
    if found.pace is None:
        return ""
    return _(
        "点線は直近%(months)dか月に移行済になった件数の平均で進んだ場合、帯はその月々のばらつきから見た90%%の範囲です。"
    ) % {"months": found.pace.months}
