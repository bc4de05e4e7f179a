"""Which reports are to be made on a day."""

from datetime import date

from yui.governance.reports.models import Report, ReportKind, ReportPlan, ReportState
from yui.governance.reports.queries.periods import last_period
from yui.kernel.calendar_jp import Period

ANNUAL_MONTHS = range(4, 7)
"""April to June: late bills and records of March come in until the accounts close."""

WHY = "the timetable makes reports for every organisation"


def plans_due(day: date) -> list[tuple[ReportPlan, Period]]:
    """Return the active plans for which a draft is made on a day, with the newest period that is over.

    From the plan's day on, the report that does not exist yet is made, so that a day on which nothing ran is
    made up for; on the plan's day a draft is made again. A closed report is left alone.
    """
    plans = ReportPlan.objects.unscoped(WHY).filter(is_active=True).select_related("organisation")
    found = []
    for plan in plans:
        if plan.kind == ReportKind.ANNUAL and day.month not in ANNUAL_MONTHS:
            continue
        period = last_period(plan.kind)
        known = Report.objects.unscoped(WHY).filter(plan=plan, first_day=period.start).first()
        is_first = known is None and day.day >= plan.day_of_month
        is_again = known is not None and known.state == ReportState.DRAFT and day.day == plan.day_of_month
        if is_first or is_again:
            found.append((plan, period))
    return found
