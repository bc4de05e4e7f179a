"""Entering how many residents organisations had."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation, OrganisationKind, Visibility
from yui.transition.costs.errors import NotOurResidents
from yui.transition.costs.models import (
    AllocationMethod,
    AllocationRuleVersion,
    AllocationShare,
    ResidentCount,
)
from yui.transition.costs.operations.allocate_costs import reallocate


@dataclass(frozen=True)
class Residents:
    """The residents of one organisation on a day."""

    organisation: Organisation
    as_of: date
    residents: int


def may_set_residents(entering: Organisation, counted: Organisation) -> bool:
    """Tell whether the staff of ``entering`` answer for the residents of ``counted``: own ones, or joint."""
    return entering == counted or entering.kind == OrganisationKind.JOINT_BODY


@operation("costs.residents.set")
def set_residents(
    actor: Actor, *, organisation: Organisation, counts: Iterable[Residents], source: str
) -> tuple[int, int, int]:
    """Keep published counts, and allocate anew what is divided by them.

    Args:
        organisation: who enters them: the counted organisation itself, or a joint body for any.

    Returns:
        How many counts were new, changed, and known already.

    Raises:
        PermissionRefused: when the actor may not import for ``organisation``.
        NotOurResidents: when a ward enters those of another organisation.
        ValidationError: for a count that is not positive.
    """
    require(actor, Verb.IMPORT, organisation)
    created = updated = unchanged = 0
    touched: set[int] = set()
    for count in counts:
        if not may_set_residents(organisation, count.organisation):
            raise NotOurResidents(count.organisation.name)
        rows = ResidentCount.objects.owned_by(count.organisation)
        known = rows.filter(as_of=count.as_of).first()
        if known and known.residents == count.residents:
            unchanged += 1
            continue
        created, updated = created + (known is None), updated + (known is not None)
        kept = known or ResidentCount(organisation=count.organisation, as_of=count.as_of)
        kept.visibility, kept.residents, kept.source = Visibility.PUBLIC, count.residents, source[:255]
        kept.full_clean()
        kept.save()
        touched.add(count.organisation.pk)
    if not touched:
        record_nothing("every count is known already")
        return created, updated, unchanged
    for owner in _owners_dividing_by_residents(touched):
        reallocate(owner)
    record(
        organisation,
        subject=urn("costs.residents", organisation.code),
        summary=f"{source} から人口を {created + updated} 件入力しました",
        data={"created": created, "updated": updated},
        visibility=Visibility.PUBLIC,
    )
    return created, updated, unchanged


def _owners_dividing_by_residents(receivers: set[int]) -> list[Organisation]:
    """Return the owners of versions that divide among one of the receivers by residents."""
    reason = "residents move the shares of every receiver"
    versions = AllocationRuleVersion.objects.unscoped(reason).that_apply().select_related("organisation")
    shares = AllocationShare.objects.unscoped(reason).filter(receiver__in=receivers)
    concerned = set(shares.values_list("version_id", flat=True))
    owners = {
        version.organisation
        for version in versions
        if version.pk in concerned and AllocationMethod.POPULATION.value in version.methods
    }
    return sorted(owners, key=lambda owner: owner.pk)
