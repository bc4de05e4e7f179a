"""Entering how much receivers used."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from yui.kernel.calendar_jp import Month
from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.rows import exact_text
from yui.transition.costs.models import UsageQuantity
from yui.transition.costs.operations.allocate_costs import reallocate


@dataclass(frozen=True)
class Usage:
    """What one receiver used of something in a month."""

    receiver: Organisation
    month: Month
    driver: str
    quantity: Decimal


@operation("costs.usage.set")
def set_usage(
    actor: Actor, *, organisation: Organisation, usages: Iterable[Usage], source: str
) -> tuple[int, int, int]:
    """Keep what ``organisation`` measured, and allocate its shared costs anew.

    Returns:
        How many quantities were new, changed, and known already.

    Raises:
        PermissionRefused: when the actor may not import for ``organisation``.
        ValidationError: for a negative quantity or one without a name.
    """
    require(actor, Verb.IMPORT, organisation)
    created = updated = unchanged = 0
    for usage in usages:
        rows = UsageQuantity.objects.owned_by(organisation)
        named = {"receiver": usage.receiver, "month": str(usage.month), "driver": usage.driver.strip()}
        known = rows.filter(**named).first()
        text = exact_text(usage.quantity)
        if known and known.quantity == text:
            unchanged += 1
            continue
        created, updated = created + (known is None), updated + (known is not None)
        kept = known or UsageQuantity(organisation=organisation, **named)
        kept.quantity, kept.source = text, source[:255]
        kept.full_clean()
        kept.save()
    if not created + updated:
        record_nothing("every quantity is known already")
        return created, updated, unchanged
    reallocate(organisation)
    record(
        organisation,
        subject=urn("costs.usage", organisation.code),
        summary=f"{source} から使用量を {created + updated} 件入力しました",
        data={"created": created, "updated": updated},
    )
    return created, updated, unchanged
