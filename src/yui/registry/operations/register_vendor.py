"""Register a vendor in the list that all wards share."""

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.operations.saving import first_values, save_checked
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation, Visibility
from yui.registry.engine.names import fold_width
from yui.registry.models import Vendor


@operation("registry.vendor.register")
def register_vendor(
    actor: Actor, *, organisation: Organisation, name: str, corporate_number: str | None = None
) -> Vendor:
    """Add a company to the shared list on behalf of the organisation.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's ledger.
        ValidationError: when the company is known already, or its 法人番号 fails its check digit.
    """
    require(actor, Verb.EDIT, organisation)
    number = fold_width(corporate_number).replace("-", "") if corporate_number else None
    vendor = Vendor(
        organisation=organisation,
        visibility=Visibility.WARDS,
        name=name.strip(),
        corporate_number=number or None,
    )
    save_checked(vendor)
    record(
        organisation,
        subject=urn("registry.vendor", vendor.pk),
        summary=f"事業者「{vendor.name}」を登録しました。",
        changes=first_values({"name": vendor.name, "corporate_number": vendor.corporate_number}),
        visibility=Visibility.WARDS,
    )
    return vendor
