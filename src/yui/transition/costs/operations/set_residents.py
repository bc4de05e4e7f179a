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
        ValidationError: for a count that is negative.
        IntegrityError: for a count of 0.
    """
    require(actor, Verb.IMPORT, organisation)
    given = list(counts)
    for count in given:
        if not may_set_residents(organisation, count.organisation):
            raise NotOurResidents(count.organisation.name)
    known = {
        (found.organisation_id, found.as_of): found
        for found in ResidentCount.objects.owned_by(*{count.organisation for count in given})
    }
    new: dict[tuple[int, date], ResidentCount] = {}
    changed: list[ResidentCount] = []
    for count in given:
        key = (count.organisation.pk, count.as_of)
        before = known.get(key)
        if before and before.residents == count.residents:
            continue
        kept = before or ResidentCount(organisation=count.organisation, as_of=count.as_of)
        kept.visibility, kept.residents, kept.source = Visibility.PUBLIC, count.residents, source[:255]
        kept.clean_fields(exclude=["organisation"])
        if before:
            changed.append(kept)
        else:
            new[key] = kept
    done = len(new), len(changed), len(given) - len(new) - len(changed)
    if not new and not changed:
        record_nothing("every count is known already")
        return done
    ResidentCount.objects.bulk_create(new.values(), batch_size=500)
    for kept in changed:
        kept.save()
    for owner in _owners_dividing_by_residents({kept.organisation_id for kept in (*new.values(), *changed)}):
        reallocate(owner)
    record(
        organisation,
        subject=urn("costs.residents", organisation.code),
        summary=f"{source} から人口を {len(new) + len(changed)} 件入力しました",
        data={"created": len(new), "updated": len(changed)},
        visibility=Visibility.PUBLIC,
    )
    return done


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
