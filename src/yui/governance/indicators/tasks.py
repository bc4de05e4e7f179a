"""Periodic work: the figures of the last closed months, measured every night."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yui.governance.indicators.operations.take_snapshots import take_snapshots
from yui.governance.indicators.queries.questions import last_closed_month
from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor, Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.tasks.registry import job, periodic
from yui.kernel.tasks.run import JobRun
from yui.organisations.public import SECRETARIAT_CODE

YEAR = 12


def _take(run: JobRun, months: int) -> dict[str, Any]:
    """Measure the last ``months`` closed months, a year at a time."""
    secretariat = Organisation.objects.get(code=SECRETARIAT_CODE)
    last = last_closed_month()
    wanted = Month.between(last.shift(1 - months), last)
    written = 0
    for start in range(0, months, YEAR):
        run.check_cancelled()
        part = wanted[start : start + YEAR]
        run.progress(start, months, f"{part[0]} – {part[-1]}")
        written += take_snapshots(Actor.system("indicators"), secretariat=secretariat, months=part)
    run.progress(months, months, str(last))
    return {"written": written}


@job("indicators.remeasure", title=_("指標の測り直し"), verb=Verb.ADMINISTER)
def remeasure(run: JobRun, *, months: int = 12) -> dict[str, Any]:
    """Measure the last ``months`` months again; running twice writes nothing twice."""
    return _take(run, max(1, min(months, 120)))


@periodic("indicators.snapshot", title=_("指標の記録"), daily_at="02:30")
def snapshot(run: JobRun) -> None:
    """Measure the last two closed months: late records still change the one before."""
    _take(run, 2)
