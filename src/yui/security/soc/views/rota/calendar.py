"""当番表: a month or a week, printable, and as iCalendar."""

from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import Month, now, today
from yui.kernel.exchange.operations import record_export
from yui.kernel.ui.asking import actor_of
from yui.security.soc.formats.icalendar import CalendarEvent, calendar
from yui.security.soc.models import Absence, ShiftKind
from yui.security.soc.queries.rota.calendar import on_duty, rota_days, shifts_between
from yui.security.soc.views.rota.access import may_keep, viewed_body

ICAL_DAYS = 92


def span_of(request: HttpRequest) -> tuple[date, date, dict[str, str]]:
    """Return the days that the address asks for (``month=2026-12``, ``week=2026-12-07``), and its neighbours.

    Anything that is no month or day means this month.
    """
    week = request.GET.get("week", "")
    if week:
        try:
            day = date.fromisoformat(week)
            first = day - timedelta(days=day.weekday())
            before, after = first - timedelta(days=7), first + timedelta(days=7)
        except (ValueError, OverflowError):
            pass
        else:
            links = {"before": f"?week={before}", "after": f"?week={after}", "other": f"?month={first:%Y-%m}"}
            return first, first + timedelta(days=6), links
    try:
        month = Month.parse(request.GET.get("month", "") or f"{today():%Y-%m}")
        before_month, after_month = month.previous(), month.next()
    except ValueError:
        month = Month.of(today())
        before_month, after_month = month.previous(), month.next()
    links = {
        "before": f"?month={before_month}",
        "after": f"?month={after_month}",
        "other": f"?week={today() if Month.of(today()) == month else month.first_day}",
    }
    return month.first_day, month.last_day, links


@login_required
@require_safe
def rota(request: HttpRequest) -> HttpResponse:
    """Show the rota."""
    body = viewed_body(request)
    actor = actor_of(request)
    first, last, links = span_of(request)
    days = rota_days(actor, first, last)
    context = {
        "body": body,
        "days": days,
        "first": first,
        "last": last,
        "is_week": (last - first).days == 6,
        "links": links,
        "kinds": ShiftKind.choices,
        "rows": [
            (day, [(code, day.shifts[code], day.gaps.get(code)) for code, _label in ShiftKind.choices])
            for day in days
        ],
        "gap_count": sum(len(day.gaps) for day in days),
        "trouble_count": sum(len(day.troubles) for day in days),
        "on_duty": on_duty(actor, now()),
        "today": today(),
        "absences": Absence.objects.visible_to(actor)
        .filter(first_day__lte=last, last_day__gte=first)
        .select_related("person"),
        "may_keep": may_keep(request, body),
    }
    return render(request, "soc/rota/rota.html", context)


@login_required
@require_safe
def rota_ical(request: HttpRequest) -> HttpResponse:
    """Send the shifts of the next three months as iCalendar; ``mine=1`` only the reader's own."""
    body = viewed_body(request)
    actor = actor_of(request)
    shifts = shifts_between(actor, today() - timedelta(days=7), today() + timedelta(days=ICAL_DAYS))
    mine = request.GET.get("mine") == "1"
    if mine:
        shifts = [shift for shift in shifts if shift.person_id == actor.user_id]
    record_export(actor, body, "soc.rota", len(shifts), file_format="ics", conditions={"mine": mine})
    events = [
        CalendarEvent(
            f"shift-{shift.pk}@yui",
            shift.starts_at,
            shift.ends_at,
            shift.get_kind_display() if mine else f"{shift.get_kind_display()} {shift.person}",
            shift.updated_at,
        )
        for shift in shifts
    ]
    response = HttpResponse(calendar(_("SOCの当番"), events), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="soc-rota.ics"'
    return response
