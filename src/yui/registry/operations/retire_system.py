"""Take a system out of use."""

from datetime import date

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.operations.saving import change_record
from yui.kernel.policy import Actor, Verb, require
from yui.registry.errors import AlreadyRetired
from yui.registry.models import InformationSystem, SystemStatus


@operation("registry.system.retire")
def retire_system(actor: Actor, *, system: InformationSystem, retired_on: date) -> None:
    """Note that the system is out of use from ``retired_on``; its record and history stay.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's ledger.
        AlreadyRetired: when it was retired before.
        ValidationError: when the day lies before the day on which it was taken into use.
    """
    organisation = system.organisation
    require(actor, Verb.EDIT, organisation)
    stored = InformationSystem.objects.owned_by(organisation).select_for_update().get(pk=system.pk)
    if stored.status == SystemStatus.RETIRED:
        raise AlreadyRetired(stored.name)
    changes = change_record(stored, {"status": SystemStatus.RETIRED.value, "retired_on": retired_on})
    record(
        organisation,
        subject=urn("registry.system", stored.pk),
        summary=f"情報システム「{stored.name}」を廃止しました。",
        changes=changes,
        visibility=stored.visibility,
    )
