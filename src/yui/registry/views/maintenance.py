"""計画保守: the maintenance windows of one month."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yui.kernel.calendar_jp import DateNotUnderstood, Month, today
from yui.kernel.ui.asking import actor_of, visible_or_404
from yui.registry.forms import WindowForm
from yui.registry.models import MaintenanceWindow
from yui.registry.operations import cancel_maintenance, plan_maintenance
from yui.registry.policies import may_edit
from yui.registry.queries.availability import midnight
from yui.registry.views.access import chosen_organisation, own_organisation, require_edit
from yui.registry.views.form_pages import add_page, part_form

WEEKDAYS = (
    pgettext_lazy("weekday", "月"),
    pgettext_lazy("weekday", "火"),
    pgettext_lazy("weekday", "水"),
    pgettext_lazy("weekday", "木"),
    pgettext_lazy("weekday", "金"),
    pgettext_lazy("weekday", "土"),
    pgettext_lazy("weekday", "日"),
)


def chosen_month(request: HttpRequest) -> Month:
    """Return the month that the address names, else the present one."""
    try:
        return Month.parse(request.GET.get("month", ""))
    except DateNotUnderstood:
        return Month.of(today())


def by_day(windows: list[MaintenanceWindow]) -> list[tuple[date, str, list[MaintenanceWindow]]]:
    """Return the days on which windows begin, each with its weekday and its windows."""
    days: dict[date, list[MaintenanceWindow]] = {}
    for window in windows:
        days.setdefault(localtime(window.starts_at).date(), []).append(window)
    return [(day, str(WEEKDAYS[day.weekday()]), found) for day, found in days.items()]


@login_required
@require_safe
def maintenance(request: HttpRequest) -> HttpResponse:
    """Show the windows of a month as a calendar and as a table."""
    organisation, organisations = chosen_organisation(request)
    month = chosen_month(request)
    windows = list(
        MaintenanceWindow.objects.visible_to(actor_of(request))
        .filter(
            system__organisation=organisation,
            starts_at__lt=midnight(month.next().first_day),
            ends_at__gt=midnight(month.first_day),
        )
        .select_related("system")
        .order_by("starts_at", "system__code")
    )
    words = _("%(month)sの計画保守は%(count)d件です。") % {"month": month.label, "count": len(windows)}
    context = {
        "organisation": organisation,
        "organisations": organisations,
        "month": month,
        "windows": windows,
        "finding": words,
        "days": by_day(windows),
        "may_edit": may_edit(actor_of(request), organisation),
    }
    return render(request, "registry/maintenance.html", context)


@login_required
def new_maintenance(request: HttpRequest) -> HttpResponse:
    """Announce a window; ``?system=`` names the system."""
    organisation = own_organisation(request)
    form = part_form(request, WindowForm, organisation)
    return add_page(
        request,
        form,
        "registry/maintenance_form.html",
        organisation=organisation,
        add=lambda: plan_maintenance(
            actor_of(request), system=form.cleaned_data["system"], facts=form.facts()
        ),
        said=lambda _window: _("計画保守を登録しました。"),
        leads_to=lambda window: reverse("registry:system-operations", args=[window.system_id]),
    )


@login_required
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a window off."""
    windows = MaintenanceWindow.objects.visible_to(actor_of(request)).select_related("system__organisation")
    window = visible_or_404(windows, pk=pk)
    require_edit(request, window.system.organisation)
    system = window.system_id
    cancel_maintenance(actor_of(request), window=window)
    messages.success(request, _("計画保守を取りやめました。"))
    return redirect("registry:system-operations", pk=system)
