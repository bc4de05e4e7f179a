"""Turns the registry's reads into charts."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import Month
from yui.kernel.charts.engine.graph import GraphEdge, GraphLane, GraphNode, SystemGraph
from yui.kernel.charts.engine.matrix import Matrix, MatrixCell, MatrixRow, MatrixState
from yui.kernel.charts.engine.timeline import Timeline, TimelineBar, TimelineRow
from yui.kernel.charts.engine.trend import TrendChart, TrendPoint, TrendSeries
from yui.registry.models import Contract, MigrationState, NetworkZone
from yui.registry.queries.contracts import ExpiryMonth
from yui.registry.queries.link_graph import LinkGraph
from yui.registry.queries.migration import MigrationCell, MigrationMatrix, Remaining

SIGNS = {
    MigrationState.CURRENT: ("現", "quiet"),
    MigrationState.CONFORMITY: ("適", "progress"),
    MigrationState.SPECIAL: ("特", "caution"),
    MigrationState.MIGRATING: ("移", "progress"),
    MigrationState.MIGRATED: ("済", "good"),
}
LATE = "late"


def graph_chart(graph: LinkGraph, title: str, finding: str, centre: int | None = None) -> SystemGraph:
    """Return the data links as a graph in the lanes of the network zones.

    Around a system in the middle the links carry their data's name; in a whole graph the names would cover
    each other, and the list below the drawing has them.
    """
    return SystemGraph(
        title=title,
        finding=finding,
        lane_label=_("ネットワーク"),
        lanes=tuple(GraphLane(zone.value, str(zone.label)) for zone in NetworkZone),
        nodes=tuple(
            GraphNode(
                str(system.pk),
                system.name,
                system.network_zone,
                system.get_absolute_url(),
                system.code,
                "marked" if system.pk == centre else "plain",
            )
            for system in graph.systems
        ),
        edges=tuple(
            GraphEdge(
                str(link.source_id),
                str(link.target_id),
                f"{link.data}({link.get_frequency_display()})" if centre is not None else "",
            )
            for link in graph.links
        ),
    )


def migration_chart(matrix: MigrationMatrix, title: str, finding: str) -> Matrix:
    """Return the 23 × 20 matrix; a cell behind its plan has a sign of its own."""
    states = [
        MatrixState(state.value, SIGNS[state][0], str(state.label), SIGNS[state][1])
        for state in MigrationState
    ]
    states += [
        MatrixState(
            f"{state.value}-{LATE}",
            f"{SIGNS[state][0]}!",
            _("%(state)s(予定より遅れ)") % {"state": state.label},
            "bad",
        )
        for state in MigrationState
        if state != MigrationState.MIGRATED
    ]
    used = {f"{cell.state}-{LATE}" if cell.is_late else cell.state for cell in matrix.cells}
    return Matrix(
        title=title,
        finding=finding,
        columns=tuple(area.name for area in matrix.areas),
        rows=tuple(
            MatrixRow(
                ward.name,
                tuple(_matrix_cell(cell) for cell in cells),
                f"{reverse('registry:systems')}?organisation={ward.code}&category=standard",
            )
            for ward, cells in matrix.rows
        ),
        states=tuple(state for state in states if state.code in used),
        row_label=_("区"),
    )


def _matrix_cell(cell: MigrationCell) -> MatrixCell:
    url = reverse("registry:migration-record", args=[cell.ward.code, cell.area.code])
    if not cell.state:
        return MatrixCell(None, url, f"{cell.ward.name} {cell.area.name}")
    note = f"{cell.ward.name} {cell.area.name}"
    if cell.since:
        note += f" {cell.since.isoformat()}"
    return MatrixCell(f"{cell.state}-{LATE}" if cell.is_late else cell.state, url, note)


def burn_down_chart(remaining: Sequence[Remaining], title: str, finding: str) -> TrendChart:
    """Return what remains month by month: really, and by plan."""
    return TrendChart(
        title=title,
        finding=finding,
        unit=_("件"),
        from_zero=True,
        series=(
            TrendSeries(_("残り(実績)"), tuple(TrendPoint(each.month, each.really) for each in remaining)),
            TrendSeries(_("残り(予定)"), tuple(TrendPoint(each.month, each.planned) for each in remaining)),
        ),
    )


def expiry_chart(months: Sequence[ExpiryMonth], today: date, title: str, finding: str) -> Timeline:
    """Return the contracts that end within the months, from notice to end."""
    contracts = [contract for month in months for contract in month.contracts]
    return Timeline(
        title=title,
        finding=finding,
        first=months[0].month,
        last=months[-1].month,
        today=today,
        name_label=_("契約"),
        bar_label=_("検討を始める日から終了日まで"),
        rows=tuple(_expiry_row(contract, today) for contract in contracts),
    )


def _expiry_row(contract: Contract, today: date) -> TimelineRow:
    notice = max(contract.notice_on, contract.starts_on)
    ink = "bad" if contract.ends_on < today else "caution" if notice <= today else "plain"
    bar = TimelineBar(notice, contract.ends_on, contract.vendor.name, contract.get_absolute_url(), ink)
    return TimelineRow(contract.title, (bar,), contract.get_absolute_url())


def availability_chart(points: Sequence[tuple[Month, object]], title: str, finding: str) -> TrendChart:
    """Return the availability of one system month by month, in percent."""
    return TrendChart(
        title=title,
        finding=finding,
        unit="%",
        series=(TrendSeries(_("稼働率"), tuple(TrendPoint(month, value) for month, value in points)),),  # type: ignore[arg-type]
    )
