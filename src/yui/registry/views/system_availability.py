"""稼働率: one system month by month."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import Month, now, today
from yui.kernel.ui.asking import actor_of
from yui.registry.models import InformationSystem
from yui.registry.queries.availability import add_up, availability_by_month
from yui.registry.views.access import visible_system
from yui.registry.views.charting import availability_chart

MONTHS = 24


@login_required
@require_safe
def system_availability(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the availability of the last two years."""
    system = visible_system(request, pk)
    last = Month.of(today())
    months = Month.between(last.shift(1 - MONTHS), last)
    systems = InformationSystem.objects.visible_to(actor_of(request)).filter(pk=pk)
    found = availability_by_month(systems, months, now())
    points = [(month, found[pk, month].percent if (pk, month) in found else None) for month in months]
    total = add_up(found.values())
    words = _("データなし")
    if total.percent is not None:
        words = _("この%(months)dか月の稼働率は%(percent)s%%、止まった時間は合わせて%(minutes)d分です。") % {
            "months": len(found),
            "percent": total.shown_percent,
            "minutes": total.downtime_minutes,
        }
    context = {
        "system": system,
        "chart": availability_chart(points, _("月ごとの稼働率"), words),
        "rows": [(month, found.get((pk, month))) for month in reversed(months)],
    }
    return render(request, "registry/system_availability.html", context)
