"""The clock over improvement proposals."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import today
from yui.kernel.tasks.registry import periodic
from yui.kernel.tasks.run import JobRun
from yui.people.practices.operations.proposals.watch_deadlines import watch_deadlines


@periodic("practices.proposals.watch", title=_("改善提案の期限の知らせ"), daily_at="08:00")
def watch(run: JobRun) -> dict[str, Any]:
    """Tell of stages that last too long, and of effects to look at again."""
    return {"told": watch_deadlines(today())}
