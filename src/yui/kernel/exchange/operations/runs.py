"""What the operations on runs share."""

from collections.abc import Iterable

from yui.kernel.exchange.errors import WrongState
from yui.kernel.exchange.importers import importer_named
from yui.kernel.exchange.models import ImportRun
from yui.kernel.policy import Actor, require


def locked(actor: Actor, run: ImportRun) -> ImportRun:
    """Check permission and return the run as it is now, held against others until the transaction ends.

    Raises:
        PermissionRefused: where the actor may not import for the run's organisation.
    """
    require(actor, importer_named(run.importer).verb, run.organisation)
    rows = ImportRun.objects.owned_by(run.organisation).select_related("organisation")
    return rows.select_for_update(of=("self",)).get(pk=run.pk)


def refuse_unless(run: ImportRun, states: Iterable[str]) -> None:
    """Let only runs in one of ``states`` pass.

    Raises:
        WrongState: for any other.
    """
    if run.state not in states:
        raise WrongState(run.get_state_display())
