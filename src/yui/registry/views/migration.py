"""標準化移行: 23 wards × 20 areas as of a day, and what remains."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import DateNotUnderstood, Month, parse_date, today
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.registry.models import MigrationState
from yui.registry.queries.migration import MigrationMatrix, burn_down, migration_matrix
from yui.registry.views.charting import burn_down_chart, migration_chart


def chosen_day(request: HttpRequest) -> tuple[date, str]:
    """Return the day that the address names (today unless it does), and what is wrong with it."""
    text = request.GET.get("as_of", "").strip()
    if not text:
        return today(), ""
    try:
        return parse_date(text), ""
    except DateNotUnderstood as error:
        return today(), str(error)


def matrix_finding(matrix: MigrationMatrix) -> str:
    """Return the matrix in one sentence."""
    cells = matrix.cells
    if not any(cell.state for cell in cells):
        return _("移行の記録がまだありません。")
    done = matrix.count(MigrationState.MIGRATED)
    return _(
        "%(all)d件のうち移行済は%(done)d件、特定移行支援システムは%(special)d件、予定より遅れているのは%(late)d件です。"
    ) % {
        "all": len(cells),
        "done": done,
        "special": matrix.count(MigrationState.SPECIAL),
        "late": matrix.late,
    }


@login_required
@require_safe
def migration(request: HttpRequest) -> HttpResponse:
    """Show the matrix as of a day."""
    day, problem = chosen_day(request)
    matrix = migration_matrix(actor_of(request), day)
    finding = matrix_finding(matrix)
    context = {
        "day": day,
        "problem": problem,
        "matrix": matrix,
        "has_data": any(cell.state for cell in matrix.cells),
        "done": matrix.count(MigrationState.MIGRATED),
        "special": matrix.count(MigrationState.SPECIAL),
        "late": matrix.late,
        "chart": migration_chart(matrix, _("区ごと、業務ごとの移行の状態"), finding),
    }
    return render(request, "registry/migration.html", context)


@login_required
@require_safe
def migration_progress(request: HttpRequest) -> HttpResponse:
    """Show what remains month by month, of all wards or of one."""
    code = request.GET.get("organisation", "")
    ward = Organisation.objects.wards().filter(code=code).first()
    now = Month.of(today())
    remaining = burn_down(actor_of(request), ward, Month.between(now.shift(-24), now.shift(12)), today())
    last = next((each for each in reversed(remaining) if each.really is not None), None)
    words = ""
    if last is not None:
        words = _("残りは%(really)d件です。予定では%(planned)d件のはずでした。") % {
            "really": last.really,
            "planned": last.planned,
        }
    context = {
        "ward": ward,
        "wards": Organisation.objects.wards(),
        "remaining": remaining,
        "chart": burn_down_chart(remaining, _("移行の残り"), words),
    }
    return render(request, "registry/migration_progress.html", context)
