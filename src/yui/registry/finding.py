"""Where the registry's URNs lead, and what search reads of its records."""

from django.utils.translation import gettext_lazy as _

from yui.kernel.links import Resolver, urn
from yui.kernel.links.keyed import resolver_of
from yui.kernel.scope.models import ScopedQuerySet
from yui.kernel.search import SearchDocument
from yui.kernel.search.keyed import WHY, source_of_records
from yui.registry.models import Change, Contract, InformationSystem, Outage, StandardMigration

RESOLVERS: dict[str, Resolver] = {
    "registry.system": resolver_of("registry.system", InformationSystem.objects.all),
    "registry.contract": resolver_of(
        "registry.contract", Contract.objects.all, lambda contract: contract.title
    ),
    "registry.outage": resolver_of("registry.outage", Outage.objects.all),
    "registry.change": resolver_of("registry.change", Change.objects.all),
    "registry.migration": resolver_of(
        "registry.migration", lambda: StandardMigration.objects.select_related("organisation", "area")
    ),
}


def _systems() -> ScopedQuerySet:
    related = ("organisation", "business_area", "department", "vendor")
    return InformationSystem.objects.unscoped(WHY).select_related(*related)


def system_document(system: InformationSystem) -> SearchDocument:
    """Return a system as search sees it."""
    parts = (
        system.purpose,
        system.get_category_display(),
        system.business_area.name_ja if system.business_area else "",
        system.department.name if system.department else "",
        system.vendor.name if system.vendor else "",
        system.get_hosting_display(),
        system.get_network_zone_display(),
    )
    return SearchDocument(
        urn=urn("registry.system", system.pk),
        kind="registry.system",
        pillar="",
        organisation_code=system.organisation.code,
        visibility=system.visibility,
        participant_codes=(),
        title=system.name,
        body="\n".join(str(part) for part in parts if part),
        url=system.get_absolute_url(),
        at=system.updated_at,
        tags=(system.code,),
        reading=system.name_kana,
    )


def _contracts() -> ScopedQuerySet:
    return Contract.objects.unscoped(WHY).select_related("organisation", "vendor")


def contract_document(contract: Contract) -> SearchDocument:
    """Return a contract as search sees it."""
    return SearchDocument(
        urn=urn("registry.contract", contract.pk),
        kind="registry.contract",
        pillar="",
        organisation_code=contract.organisation.code,
        visibility=contract.visibility,
        participant_codes=(),
        title=contract.title,
        body=f"{contract.get_kind_display()}\n{contract.vendor.name}",
        url=contract.get_absolute_url(),
        at=contract.updated_at,
        tags=(contract.number,),
    )


SOURCES = (
    source_of_records("registry.system", _("情報システム"), _systems, system_document),
    source_of_records("registry.contract", _("契約"), _contracts, contract_document),
)
