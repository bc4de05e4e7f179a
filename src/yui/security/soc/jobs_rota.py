"""The escalation, by the clock."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yui.kernel.tasks.registry import periodic
from yui.kernel.tasks.run import JobRun
from yui.security.soc.operations.rota.escalating import escalate


@periodic("soc.rota.escalate", title=_("着手されていない検知の上申"), every_minutes=1)
def escalate_waiting(run: JobRun) -> dict[str, Any]:
    """Tell people of alerts that nobody took."""
    result = escalate(run.actor)
    return {"told": result.told, "failed": result.failed}
