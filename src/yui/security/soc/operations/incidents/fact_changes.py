"""How a group of an incident's facts is replaced: cleaned, compared, saved, and what follows told."""

from collections.abc import Mapping
from typing import Any

from yui.kernel.operations import record_nothing
from yui.kernel.operations.saving import changes_to
from yui.kernel.policy import Actor
from yui.kernel.scope.basis import require_basis
from yui.security.soc.models import Incident
from yui.security.soc.operations.alerts.locking import bounded
from yui.security.soc.operations.incidents.locking import locked_incident, tell
from yui.security.soc.operations.incidents.settling import settle


def replace_facts(
    actor: Actor,
    incident: Incident,
    values: Mapping[str, Any],
    *,
    kind: str,
    sentence: str,
    basis: str = "",
    data: Mapping[str, Any] | None = None,
) -> bool:
    """Give the incident these values and settle what follows; tell whether anything changed.

    Args:
        kind: the operation's verb.
        sentence: what the ledger says after the number.
        basis: what the editor has seen (``basis_of``); empty for programs, which overwrite.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        ChangedMeanwhile: when somebody else changed these facts since then.
        ValidationError: naming each field that is wrong.
    """
    stored = locked_incident(actor, incident)
    clean = {name: _cleaned(stored, name, value) for name, value in values.items()}
    require_basis(stored, basis, clean)
    changes = changes_to(stored, clean)
    if not changes:
        record_nothing("all facts are as they were")
        return False
    for name, value in clean.items():
        setattr(stored, name, value)
    stored.full_clean()
    papers = settle(stored)
    tell(actor, stored, kind, sentence, changes=changes, data={**(data or {}), "papers": papers})
    return True


def _cleaned(incident: Incident, name: str, value: Any) -> Any:
    """Return a value as it is stored; texts without what no database holds, within their length."""
    if not isinstance(value, str):
        return value
    return bounded(value, incident._meta.get_field(name).max_length or 4000)  # type: ignore[union-attr]
