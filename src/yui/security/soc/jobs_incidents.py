"""The clock over the papers of incidents."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import now
from yui.kernel.tasks.registry import periodic
from yui.kernel.tasks.run import JobRun
from yui.security.soc.operations.incidents.watch_duties import watch_duties


@periodic("soc.incidents.watch_papers", title=_("インシデントの報告期限の知らせ"), every_minutes=5)
def watch_papers(run: JobRun) -> dict[str, Any]:
    """Remind of papers that are due soon, and tell of those that are late."""
    return {"told": watch_duties(run.actor, now())}
