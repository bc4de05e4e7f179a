"""Write out all practices of a ward."""

from typing import Any

from yui.kernel.exchange.operations import record_export
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.people.practices.queries.practices.exporting import practices_of_ward


def export_practices(actor: Actor, *, ward: Organisation) -> dict[str, Any]:
    """Return what the file holds, after the export is entered into the ward's ledger.

    Raises:
        PermissionRefused: when the actor may not export for the ward.
    """
    content = practices_of_ward(actor, ward)
    record_export(actor, ward, "practices.practices", len(content["practices"]), file_format="json")
    return content
