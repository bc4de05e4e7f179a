"""システム標準化・ガバメントクラウド移行の進捗: the matrix, what remains, what needs more time, the share."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yui.governance.overview.amounts import Amount
from yui.governance.overview.panels.comparing import peers_chart
from yui.governance.overview.panels.official import official_panels
from yui.governance.overview.panels.origins import advice_for
from yui.governance.overview.panels.parts import Advice, Headline, Origin, Panel
from yui.governance.overview.panels.remaining import burn_down_panel
from yui.governance.overview.queries.migration import (
    DEADLINE,
    DONE,
    SPECIAL,
    Progress,
    Reason,
    progress_of,
    share_beside,
)
from yui.governance.overview.queries.question import Question
from yui.governance.overview.sentences import listed, together
from yui.governance.statistics.public import Topic
from yui.kernel.calendar_jp import format_date
from yui.kernel.charts import Bar, BarChart, ChartTable, Matrix, MatrixCell, MatrixRow, MatrixState
from yui.kernel.measures.values import Unit
from yui.kernel.money import percent
from yui.kernel.scope.models import Organisation
from yui.registry.public import BusinessArea, migration_state_names

SHARE = Amount(Unit.PERCENT, 1)
SIGNS = {
    "current": ("現", "quiet"),
    "conformity": ("適", "progress"),
    "special": ("特", "caution"),
    "migrating": ("移", "progress"),
    "migrated": ("済", "good"),
}
"""Sign and tone of each state, as on the registry's own matrix."""
LATE = "-late"
DRAWN_MONTHS = 24


@dataclass(frozen=True, kw_only=True)
class NeedsTimeChart(BarChart):
    """Bars by business area, with the reasons and the wards in the table."""

    headers: tuple[str, ...]
    details: tuple[tuple[str, ...], ...]

    def as_table(self) -> ChartTable:
        """Return one row per area: how many, why, and in which wards."""
        return ChartTable(self.headers, self.details, frozenset(range(1, len(self.headers) - 1)))


def panels(question: Question) -> tuple[Panel, ...]:
    """Return the panels of the migration."""
    progress = progress_of(question)
    return (
        _matrix(progress),
        burn_down_panel(progress, origin_of(progress), _advice()),
        _needs_time(progress),
        _share(progress),
        *official_panels(question, Topic.MIGRATION),
    )


def headline(question: Question) -> Headline:
    """Return the share of cells that are migrated, and the ward's beside the median."""
    progress = progress_of(question)
    title = _("移行済の割合(23区×20業務)")
    if not progress.roads:
        return Headline(title, "")
    found = share_beside(progress)
    own, last = found.comparison.last_own, found.last
    beside = ""
    if own is not None:
        beside = _("%(ward)s %(value)s(中央値 %(median)s)") % {
            "ward": question.ward_name,
            "value": SHARE.text(found.comparison.own[own]),
            "median": SHARE.text(found.comparison.median[own]),
        }
    value = found.whole[last] if last is not None else None
    return Headline(title, SHARE.text(value), found.whole[-DRAWN_MONTHS:], progress.day, beside)


def origin_of(progress: Progress) -> tuple[Origin, ...]:
    """Return where the migration's figures come from."""
    text = _("情報システム台帳の標準化移行の記録(%(count)d件)") % {"count": len(progress.roads)}
    page = reverse("registry:migration")
    return (Origin(text, page, f"{page}?as_of={progress.day.isoformat()}"),)


def area_name(area: BusinessArea) -> str:
    """Return a business area's name in the reader's language."""
    return area.name_en if (get_language() or "ja").startswith("en") else area.name_ja


def _advice() -> Advice:
    return advice_for(
        "registry.migration", _("標準化移行の予定日と実施日を、情報システム台帳に入れてください。")
    )


def _matrix(progress: Progress) -> Panel:
    question = progress.question
    title = _("区と業務の表")
    if not progress.roads:
        return Panel("matrix", title, None, advice=_advice())
    own_first = sorted(question.wards, key=lambda ward: ward.code != question.ward_code)
    rows = tuple(_matrix_row(progress, ward) for ward in own_first)
    used = {cell.state for row in rows for cell in row.cells}
    chart = Matrix(
        title=_("区ごと、業務ごとの移行の状態"),
        finding=_matrix_finding(progress),
        columns=tuple(area_name(area) for area in progress.areas),
        rows=rows,
        states=tuple(state for state in _states() if state.code in used),
        row_label=_("区"),
    )
    return Panel("matrix", title, chart, origin_of(progress), progress.day)


def _states() -> list[MatrixState]:
    names = migration_state_names()
    plain = [MatrixState(code, SIGNS[code][0], name, SIGNS[code][1]) for code, name in names.items()]
    late = [
        MatrixState(code + LATE, f"{SIGNS[code][0]}!", _("%(state)s(予定より遅れ)") % {"state": name}, "bad")
        for code, name in names.items()
        if code != DONE
    ]
    return plain + late


def _matrix_row(progress: Progress, ward: Organisation) -> MatrixRow:
    cells = []
    for area in progress.areas:
        road = progress.by_cell.get((ward.code, area.code))
        url = reverse("registry:migration-record", args=[ward.code, area.code])
        state = None
        if road is not None:
            late = LATE if road.is_late_on(progress.day) else ""
            state = progress.states[ward.code, area.code] + late
        cells.append(MatrixCell(state, url, f"{ward.name} {area_name(area)}"))
    return MatrixRow(ward.name, tuple(cells))


def _matrix_finding(progress: Progress) -> str:
    done = progress.count(DONE)
    sentence = _(
        "%(day)s、記録のある%(all)d件のうち移行済は%(done)d件(%(share)s)、"
        "特定移行支援システムは%(special)d件、予定より遅れているのは%(late)d件です。"
    ) % {
        "day": format_date(progress.day),
        "all": len(progress.roads),
        "done": done,
        "share": SHARE.text(percent(done, len(progress.roads))),
        "special": progress.count(SPECIAL),
        "late": progress.late,
    }
    code = progress.question.ward_code
    if code in progress.by_ward:
        own = sum(state == DONE for (ward, _area), state in progress.states.items() if ward == code)
        of_ward = _("%(ward)sは%(all)d件のうち%(done)d件が移行済です。") % {
            "ward": progress.question.ward_name,
            "all": len(progress.by_ward[code]),
            "done": own,
        }
        return together(sentence, of_ward)
    return sentence


def _needs_time(progress: Progress) -> Panel:
    title = _("特定移行支援システムなど、時間がいるもの")
    note = _(
        "台帳の状態が「特定移行支援システム」のもの、移行の予定日が%(day)s(令和7年度末)より後のもの、"
        "期限を過ぎても移行済でなく後の予定日もないものを、この順に1回だけ数えます。"
    ) % {"day": format_date(DEADLINE)}
    if not progress.roads:
        return Panel("needs-time", title, None, advice=_advice())
    by_area = {
        area.code: [each for each in progress.needs_time if each.road.area_code == area.code]
        for area in progress.areas
    }
    names = {ward.code: ward.name for ward in progress.question.wards}
    own = progress.question.ward_code
    ordered = sorted(progress.areas, key=lambda area: -len(by_area[area.code]))
    details = []
    for area in ordered:
        reasons = Counter(each.reason for each in by_area[area.code])
        wards = listed(names.get(each.road.ward_code, each.road.ward_code) for each in by_area[area.code])
        counts = [len(by_area[area.code]), *(reasons[reason] for reason in Reason)]
        details.append((area_name(area), *(f"{count:,}" for count in counts), wards))
    chart = NeedsTimeChart(
        title=_("時間がいる移行の件数(業務ごと)"),
        unit=_("件"),
        finding=_needs_time_finding(progress),
        name_label=_("標準化対象業務"),
        is_sorted=False,
        bars=tuple(
            Bar(
                area_name(area),
                len(by_area[area.code]),
                is_marked=any(each.road.ward_code == own for each in by_area[area.code]),
            )
            for area in ordered
        ),
        headers=(
            _("標準化対象業務"),
            _("件数"),
            _("特定移行支援システム"),
            _("予定が期限より後"),
            _("期限を過ぎて予定なし"),
            _("区"),
        ),
        details=tuple(details),
    )
    return Panel("needs-time", title, chart, origin_of(progress), progress.day, note)


def _needs_time_finding(progress: Progress) -> str:
    found = progress.needs_time
    if not found:
        return _("時間がいる移行はありません。")
    reasons = Counter(each.reason for each in found)
    sentence = _(
        "時間がいる移行は%(all)d件です。特定移行支援システムが%(special)d件、予定が期限より後のものが"
        "%(later)d件、期限を過ぎて後の予定がないものが%(overdue)d件です。"
    ) % {
        "all": len(found),
        "special": reasons[Reason.SPECIAL],
        "later": reasons[Reason.PLANNED_LATER],
        "overdue": reasons[Reason.OVERDUE],
    }
    if progress.question.ward is not None:
        own = sum(each.road.ward_code == progress.question.ward_code for each in found)
        of_ward = _("このうち%(ward)sは%(own)d件です(濃い棒の業務)。") % {
            "ward": progress.question.ward_name,
            "own": own,
        }
        return together(sentence, of_ward)
    return sentence


def _share(progress: Progress) -> Panel:
    title = _("移行済の割合を区で比べる")
    if not progress.roads:
        return Panel("share", title, None, advice=_advice())
    chart = peers_chart(
        _("標準化対象20業務のうち移行済の割合"),
        share_beside(progress),
        SHARE,
        progress.question,
        whole_name=_("23区全体"),
    )
    note = _("記録のない業務は移行していないものとして数えます。")
    return Panel("share", title, chart, origin_of(progress), progress.day, note)
