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
    given = list(usages)
    months = {str(usage.month) for usage in given}
    known = {
        (found.receiver_id, found.month, found.driver): found
        for found in UsageQuantity.objects.owned_by(organisation).filter(month__in=sorted(months))
    }
    new: dict[tuple[int, str, str], UsageQuantity] = {}
    changed: list[UsageQuantity] = []
    for usage in given:
        key = (usage.receiver.pk, str(usage.month), usage.driver.strip())
        before, text = known.get(key), exact_text(usage.quantity)
        if before and before.quantity == text:
            continue
        kept = before or UsageQuantity(
            organisation=organisation, receiver=usage.receiver, month=key[1], driver=key[2]
        )
        kept.quantity, kept.source = text, source[:255]
        kept.clean_fields(exclude=["organisation", "receiver"])
        if before:
            changed.append(kept)
        else:
            new[key] = kept
    done = len(new), len(changed), len(given) - len(new) - len(changed)
    if not new and not changed:
        record_nothing("every quantity is known already")
        return done
    UsageQuantity.objects.bulk_create(new.values(), batch_size=500)
    for kept in changed:
        kept.save()
    reallocate(organisation)
    record(
        organisation,
        subject=urn("costs.usage", organisation.code),
        summary=f"{source} から使用量を {len(new) + len(changed)} 件入力しました",
        data={"created": len(new), "updated": len(changed)},
    )
    return done
