"""Hunts that are asked every morning, by the clock."""

from datetime import timedelta
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import today
from yui.kernel.tasks.registry import periodic
from yui.kernel.tasks.run import JobRun
from yui.security.soc.operations.hunting.keep_daily_counts import keep_daily_counts
from yui.security.soc.queries.hunting.daily import counted_for_owner, waiting_for


@periodic("soc.hunting.daily", title=_("毎朝のハント"), daily_at="06:10")
def count_daily_hunts(run: JobRun) -> dict[str, Any]:
    """Count the events of yesterday that each daily hunt finds; a second run goes on where one stopped."""
    day = today() - timedelta(days=1)
    waiting = waiting_for(day)
    kept = done = 0
    for _organisation, hunts in groupby(waiting, key=lambda hunt: hunt.organisation_id):
        counts = []
        for hunt in hunts:
            run.progress(done, len(waiting), hunt.organisation.name)
            run.check_cancelled()
            counts.append(counted_for_owner(hunt, day))
            done += 1
        found = [one for one in counts if one is not None]
        kept += keep_daily_counts(run.actor, organisation=hunt.organisation, day=day, counts=found)
    return {"counted": kept, "left_out": len(waiting) - kept}
