"""満了カレンダー: the contracts that end in the next twelve months."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import Month, today
from yui.kernel.money import format_yen
from yui.kernel.ui.asking import actor_of
from yui.registry.queries.contracts import contracts_for, expiry_calendar
from yui.registry.views.access import chosen_organisation
from yui.registry.views.charting import expiry_chart

MOST_DRAWN = 60
"""Beyond so many contracts a drawing no longer helps; the tables by month stay complete."""


@login_required
@require_safe
def expiry(request: HttpRequest) -> HttpResponse:
    """Show month by month what ends, and from when its renewal should be thought about."""
    organisation, organisations = chosen_organisation(request)
    months = expiry_calendar(contracts_for(actor_of(request), organisation), Month.of(today()))
    count = sum(len(month.contracts) for month in months)
    words = _("これから12か月に終わる契約は%(count)d件、年額の合計は%(yen)sです。") % {
        "count": count,
        "yen": format_yen(sum(month.annual_yen for month in months)),
    }
    title = _("%(name)s 契約の満了") % {"name": organisation.name}
    context = {
        "organisation": organisation,
        "organisations": organisations,
        "months": months,
        "count": count,
        "finding": words,
        "chart": expiry_chart(months, today(), title, words) if 0 < count <= MOST_DRAWN else None,
    }
    return render(request, "registry/expiry.html", context)
