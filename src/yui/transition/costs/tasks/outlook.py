"""Periodic work: every night the outlook and the search for anomalies, organisation by organisation."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from yui.kernel.policy import Actor, Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.tasks.registry import job, periodic
from yui.kernel.tasks.run import JobRun
from yui.transition.costs.models import MonthlyCost
from yui.transition.costs.operations.detect_anomalies import detect_anomalies
from yui.transition.costs.operations.forecast_costs import forecast_costs

REASON = "every organisation with bills is looked at"


def _for_everybody(run: JobRun, work: Callable[[Actor, Organisation], object]) -> int:
    """Do the work for each organisation that has bills; return how many there were."""
    owners = MonthlyCost.objects.unscoped(REASON).order_by().values("organisation").distinct()
    organisations = list(Organisation.objects.filter(pk__in=owners))
    for done, organisation in enumerate(organisations):
        run.check_cancelled()
        run.progress(done, len(organisations), organisation.name)
        work(Actor.system("costs"), organisation)
    run.progress(len(organisations), len(organisations))
    return len(organisations)


@periodic("costs.forecast", title=_("コストの見通し"), daily_at="03:10")
def forecast(run: JobRun) -> dict[str, Any]:
    """Look ahead for everybody; where no bill or contract changed nothing is worked out."""
    return {"organisations": _for_everybody(run, forecast_costs)}


@periodic("costs.anomalies", title=_("コストの気になる増減"), daily_at="03:30")
def anomalies(run: JobRun) -> dict[str, Any]:
    """Look for anomalies everywhere; the same one is kept once."""
    return {"organisations": _for_everybody(run, detect_anomalies)}


@job("costs.look_ahead", title=_("コストの見通しと気になる増減"), verb=Verb.EDIT)
def look_ahead(run: JobRun) -> dict[str, Any]:
    """Do both for one organisation, as its people ask for."""
    forecast_costs(run.actor, run.organisation)
    return {"changed": detect_anomalies(run.actor, run.organisation)}
