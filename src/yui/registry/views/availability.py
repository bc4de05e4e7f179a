"""稼働率: every system of one organisation, month by month."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import Month, now, today
from yui.kernel.ui.asking import actor_of
from yui.registry.engine.availability import Availability
from yui.registry.models import InformationSystem
from yui.registry.queries.availability import add_up, availability_by_month
from yui.registry.queries.systems import systems_for
from yui.registry.views.access import chosen_organisation

MONTHS = 6
ROWS = 100


@dataclass(frozen=True)
class Row:
    """One system with its availability in each month and in all of them."""

    system: InformationSystem
    cells: tuple[tuple[Month, Availability | None], ...]
    total: Availability


@login_required
@require_safe
def availability(request: HttpRequest) -> HttpResponse:
    """Show the last half year."""
    organisation, organisations = chosen_organisation(request)
    last = Month.of(today())
    months = Month.between(last.shift(1 - MONTHS), last)
    systems = systems_for(actor_of(request), organisation)
    found = availability_by_month(systems, months, now())
    page = Paginator(list(systems), ROWS).get_page(request.GET.get("page"))
    rows = []
    for system in page.object_list:
        cells = tuple((month, found.get((system.pk, month))) for month in months)
        rows.append(Row(system, cells, add_up(cell for _month, cell in cells if cell is not None)))
    by_month = [
        (month, add_up(value for (_pk, at), value in found.items() if at == month)) for month in months
    ]
    context = {
        "organisation": organisation,
        "organisations": organisations,
        "months": months,
        "rows": rows,
        "page": page,
        "by_month": by_month,
        "total": add_up(found.values()),
    }
    return render(request, "registry/availability.html", context)
