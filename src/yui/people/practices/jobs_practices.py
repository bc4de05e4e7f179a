"""The clock over good practices."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import today
from yui.kernel.tasks.registry import periodic
from yui.kernel.tasks.run import JobRun
from yui.people.practices.operations.practices import notice_expiring


@periodic("practices.practice.watch_expiry", title=_("事例の有効期限の知らせ"), daily_at="07:40")
def watch_expiry(run: JobRun) -> dict[str, Any]:
    """Remind those in charge of practices that are about to expire."""
    return {"told": notice_expiring(run.actor, day=today())}
