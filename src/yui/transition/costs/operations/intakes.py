"""What the operations on intakes share."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from yui.kernel.exchange.errors import ExchangeError, FileRefused, WrongState
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.tasks.models import Job
from yui.kernel.tasks.queries import with_latest_progress
from yui.transition.costs.engine.rows import amounts_as_text
from yui.transition.costs.models import FileIntake
from yui.transition.costs.operations.take_in_file import Outcome

KEPT_PROBLEMS = 100
RESULT = (
    "state", "failure", "rows_read", "rows_accepted", "rows_rejected", "rows_outside", "billed", "problems",
    "notes", "kind", "is_new", "bill", "finished_at", "updated_at",
)  # fmt: skip
"""The fields that a reading or an import writes."""


class KeptFileGone(ExchangeError):
    """The kept file is no longer there."""

    def __init__(self) -> None:
        super().__init__(_("確かめたファイルが見つかりません。"), _("もう一度選んでください。"))


def locked(actor: Actor, intake: FileIntake) -> FileIntake:
    """Check permission and return the intake as it is now, held against others until the transaction ends.

    Raises:
        PermissionRefused: when the actor may not import for the intake's organisation.
    """
    require(actor, Verb.IMPORT, intake.organisation)
    rows = FileIntake.objects.owned_by(intake.organisation).select_related("organisation")
    found: FileIntake = rows.select_for_update(of=("self",)).get(pk=intake.pk)
    return found


def refuse_unless(intake: FileIntake, states: Iterable[str]) -> None:
    """Let only intakes in one of ``states`` pass.

    Raises:
        WrongState: for any other.
    """
    if intake.state not in states:
        raise WrongState(intake.get_state_display())


def open_job_of(intake: FileIntake) -> Job | None:
    """Return the job that the intake waits for, with its progress; for callers that checked access."""
    if intake.job_id is None:
        return None
    job = Job.objects.owned_by(intake.organisation).open().filter(pk=intake.job_id).first()
    return None if job is None else with_latest_progress(job)


def take_outcome(intake: FileIntake, outcome: Outcome) -> None:
    """Write what a reading or an import found into the intake, without saving it."""
    intake.kind, intake.failure = outcome.kind, ""
    intake.rows_read = outcome.rows_accepted + outcome.rows_rejected + outcome.rows_outside
    intake.rows_accepted, intake.rows_rejected = outcome.rows_accepted, outcome.rows_rejected
    intake.rows_outside, intake.is_new, intake.bill = outcome.rows_outside, outcome.is_new, outcome.bill
    intake.billed = amounts_as_text(outcome.billed)
    intake.problems = [problem.as_json() for problem in outcome.problems[:KEPT_PROBLEMS]]
    intake.notes = list(outcome.notes)


def take_refusal(intake: FileIntake, error: Exception) -> None:
    """Write why the file was refused into the intake, without saving it; a refused file has no good row."""
    intake.failure = str(error)
    if isinstance(error, FileRefused):
        problems: tuple[Any, ...] = getattr(error, "problems", ())
        intake.problems = [problem.as_json() for problem in problems[:KEPT_PROBLEMS]]
        intake.rows_read = intake.rows_accepted = intake.rows_rejected = intake.rows_outside = 0
