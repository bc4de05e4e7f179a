"""The clock over questions that wait."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yui.kernel.tasks.registry import periodic
from yui.kernel.tasks.run import JobRun
from yui.people.commons.operations.helping.carry_on import carry_on
from yui.people.commons.queries.helping.watching import due_steps


@periodic("commons.watch", title=_("未回答の見守り"), every_minutes=15)
def watch(run: JobRun) -> dict[str, Any]:
    """Carry on the questions that nobody answers, and ask whether answered ones are solved."""
    done = 0
    for step in due_steps():
        run.check_cancelled()
        done += carry_on(run.actor, question=step.question_id, stage=step.stage)
    return {"steps": done}
