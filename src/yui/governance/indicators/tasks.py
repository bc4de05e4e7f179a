"""Periodic work: the figures of the last closed month, measured every night until nothing changes any more."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yui.governance.indicators.operations.take_snapshots import take_snapshots
from yui.governance.indicators.queries.questions import last_closed_month
from yui.kernel.policy import Actor, Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.tasks.registry import job, periodic
from yui.kernel.tasks.run import JobRun
from yui.organisations.official_codes import SECRETARIAT_CODE


def _take(run: JobRun, months: int) -> dict[str, Any]:
    secretariat = Organisation.objects.get(code=SECRETARIAT_CODE)
    last = last_closed_month()
    written = 0
    for done in range(months):
        run.check_cancelled()
        run.progress(done, months, str(last.shift(done + 1 - months)))
        written += take_snapshots(
            Actor.system("indicators"), secretariat=secretariat, months=[last.shift(done + 1 - months)]
        )
    return {"written": written}


@job("indicators.remeasure", title=_("指標の測り直し"), verb=Verb.ADMINISTER)
def remeasure(run: JobRun, *, months: int = 12) -> dict[str, Any]:
    """Measure the last ``months`` months again; running twice writes nothing twice."""
    return _take(run, max(1, min(months, 120)))


@periodic("indicators.snapshot", title=_("指標の記録"), daily_at="02:30")
def snapshot(run: JobRun) -> None:
    """Measure the last two closed months: late records still change the one before."""
    _take(run, 2)
