"""ホーム: the state of things in eight seconds."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.governance.indicators.public import Indicator, indicators, latest_month, pillar_rows, tile_values
from yui.portal.queries.happenings import by_day, happenings, joined
from yui.portal.queries.needs import needs

CHANGES, CHANGES_READ = 12, 36
"""So many changes are shown, of so many read: what happens several times in a row is told once."""


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the three pillars, the wards on their tile map, what changed and what waits for the reader."""
    actor = request.actor  # type: ignore[attr-defined]
    month = latest_month(actor)
    chosen = _chosen(request.GET.get("indicator", ""))
    wards = tile_values(actor, chosen.code, month)
    context = {
        "month": month,
        "pillars": pillar_rows(actor, month),
        "indicators": indicators(),
        "chosen": chosen,
        "tiles": wards.tile_map(title=chosen.title, value_label=_("値")),
        "days": by_day(joined(happenings(actor, limit=CHANGES_READ))[:CHANGES]),
        "needs": needs(actor)[:8],
    }
    return render(request, "portal/home.html", context)


def _chosen(code: str) -> Indicator:
    """Return the indicator of the tile map: the one asked for, else the first of the tree."""
    return next((each for each in indicators() if each.code == code), indicators()[0])
