"""対応時間: MTTD, MTTA and MTTC with median and 90th percentile, by ward and month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import TOKYO, Month, Period, now, today
from yui.kernel.charts.engine.trend import TrendChart, TrendPoint, TrendSeries
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.security.soc.engine.response_times import Quantile, ResponseTimes, summarise
from yui.security.soc.policies import readable_wards
from yui.security.soc.queries.incidents.response_times import (
    Clock,
    WardIntervals,
    intervals_by_ward,
    within,
)

MONTHS = 12
HOUR = timedelta(hours=1)
TARGET = 24
CLOCKS = {
    Clock.CONTAIN: ("MTTC", gettext_lazy("検知から封じ込めまで")),
    Clock.ACKNOWLEDGE: ("MTTA", gettext_lazy("検知から着手まで")),
    Clock.DETECT: ("MTTD", gettext_lazy("発生から検知まで")),
}


@dataclass(frozen=True)
class TimesRow:
    """One line of a table: whose or when, and its times in hours as text."""

    label: str
    times: ResponseTimes

    @property
    def mean(self) -> str:
        """The mean in hours."""
        return hours_text(self.times.mean)

    @property
    def median(self) -> str:
        """The median in hours, with a sign where it is a lower bound."""
        return quantile_text(self.times.median)

    @property
    def p90(self) -> str:
        """The 90th percentile in hours, with a sign where it is a lower bound."""
        return quantile_text(self.times.p90)


def hours_text(length: timedelta | None) -> str:
    """Return a length in hours, empty where there is none."""
    return "" if length is None else f"{length / HOUR:,.1f}"


def quantile_text(found: Quantile | None) -> str:
    """Return a quantile in hours; ``≥`` where too many still run to say more."""
    if found is None:
        return ""
    return f"{'≥ ' if found.is_lower_bound else ''}{hours_text(found.length)}"


@login_required
@require_safe
def response_times(request: HttpRequest) -> HttpResponse:
    """Show one clock for the wards that the reader may see, over the last twelve months."""
    wards = [ward for ward in readable_wards(actor_of(request)) if ward.is_ward]
    chosen, clock = _chosen(request, wards)
    at = now()
    last = Month.of(today())
    months = Month.between(last.shift(1 - MONTHS), last)
    first = datetime.combine(months[0].first_day, time(0), TOKYO)
    intervals = intervals_by_ward([ward.pk for ward in wards], since=first)
    year = Period.of_months(months[0], months[-1])
    keys = [ward.pk for ward in chosen]

    def times(of: Sequence[int], period: Period) -> ResponseTimes:
        return summarise(within(intervals, of, clock, period, at).spans)

    by_month = [TimesRow(month.label, times(keys, Period.of_month(month))) for month in months]
    total = times(keys, year)
    context = {
        "clock": clock.value,
        "clocks": [(each.value, *words) for each, words in CLOCKS.items()],
        "wards": wards,
        "ward": chosen[0].code if len(chosen) == 1 and len(wards) > 1 else "",
        "total": TimesRow(_("12か月"), total),
        "figures": _figures(intervals, keys, year, at),
        "rows": by_month,
        "by_ward": [TimesRow(ward.name, times([ward.pk], year)) for ward in chosen]
        if len(chosen) > 1
        else [],
        "chart": _chart(clock, months, by_month, total),
        "has_any": bool(total.ended or total.open),
    }
    return render(request, "soc/incidents/response_times.html", context)


def _chosen(request: HttpRequest, wards: list[Organisation]) -> tuple[list[Organisation], Clock]:
    """Return the wards and the clock that the address asks for; an unknown or hidden one answers 404."""
    code = request.GET.get("ward", "")
    chosen = [ward for ward in wards if not code or ward.code == code]
    if code and not chosen:
        raise Http404
    asked = request.GET.get("clock", Clock.CONTAIN.value)
    if asked not in [each.value for each in Clock]:
        raise Http404
    return chosen, Clock(asked)


def _figures(
    intervals: dict[int, WardIntervals], keys: Sequence[int], period: Period, at: datetime
) -> list[tuple[str, Any, TimesRow]]:
    """Return the three clocks of the year beside each other."""
    return [
        (short, title, TimesRow("", summarise(within(intervals, keys, clock, period, at).spans)))
        for clock, (short, title) in CLOCKS.items()
    ]


def _chart(
    clock: Clock, months: Sequence[Month], rows: Sequence[TimesRow], total: ResponseTimes
) -> TrendChart:
    """Return mean and median month by month, with the target where there is one."""

    def line(name: str, lengths: Sequence[timedelta | None]) -> TrendSeries:
        points = [
            TrendPoint(month, None if length is None else Decimal(str(round(length / HOUR, 2))))
            for month, length in zip(months, lengths, strict=True)
        ]
        return TrendSeries(name, tuple(points))

    short, title = CLOCKS[clock]
    return TrendChart(
        title=_("%(short)s(%(title)s)の推移") % {"short": short, "title": title},
        finding=_finding(clock, total),
        unit=_("時間"),
        from_zero=True,
        target=TARGET if clock is Clock.CONTAIN else None,
        series=(
            line(_("平均"), [row.times.mean for row in rows]),
            line(_("中央値"), [_known(row.times.median) for row in rows]),
        ),
    )


def _known(found: Quantile | None) -> timedelta | None:
    """Return a quantile for a line; a lower bound is no point of it, since the true value lies above."""
    return None if found is None or found.is_lower_bound else found.length


def _finding(clock: Clock, total: ResponseTimes) -> str:
    """Return what there is to see in a sentence."""
    if total.mean is None:
        return _("この12か月に終わったものはありません。")
    words = {
        "count": f"{total.ended:,}",
        "mean": hours_text(total.mean),
        "median": quantile_text(total.median),
        "p90": quantile_text(total.p90),
        "open": f"{total.open:,}",
    }
    sentence = _("%(count)s件の平均は%(mean)s時間、中央値は%(median)s時間、90%%点は%(p90)s時間です。") % words
    if total.open:
        sentence += (
            _("続いている%(open)s件は、中央値と90%%点に「まだ終わっていない」として入っています。") % words
        )
    if clock is Clock.CONTAIN:
        met = total.mean <= TARGET * HOUR
        sentence += _("目標の24時間以内です。") if met else _("目標の24時間を超えています。")
    return sentence
