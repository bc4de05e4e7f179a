"""Where the registry's URNs lead, and what search reads of its records."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from yui.kernel.links import Link, Resolver, urn
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet
from yui.kernel.search import SearchDocument
from yui.registry.models import Change, Contract, InformationSystem, Outage, StandardMigration

_WHY = "search index"


def resolver_of(kind: str, records: Callable[[], ScopedQuerySet], title: Callable[[Any], str]) -> Resolver:
    """Return the function that answers for URNs of ``kind``, within what the reader may see."""

    def resolve(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
        keys = [int(identifier) for identifier in identifiers if identifier.isdecimal()]
        found = records().visible_to(actor).filter(pk__in=keys)
        return {
            str(record.pk): Link(urn(kind, record.pk), title(record), record.get_absolute_url())
            for record in found
        }

    return resolve


RESOLVERS: dict[str, Resolver] = {
    "registry.system": resolver_of("registry.system", InformationSystem.objects.all, str),
    "registry.contract": resolver_of(
        "registry.contract", Contract.objects.all, lambda contract: contract.title
    ),
    "registry.outage": resolver_of("registry.outage", Outage.objects.all, str),
    "registry.change": resolver_of("registry.change", Change.objects.all, str),
    "registry.migration": resolver_of(
        "registry.migration",
        lambda: StandardMigration.objects.select_related("organisation", "area"),
        str,
    ),
}


def _systems() -> ScopedQuerySet:
    related = ("organisation", "business_area", "department", "vendor")
    return InformationSystem.objects.unscoped(_WHY).select_related(*related)


def system_documents(since: datetime | None) -> Iterable[SearchDocument]:
    """Yield the systems for the search index, or those changed since a moment."""
    systems = _systems().filter(updated_at__gte=since) if since else _systems()
    return (system_document(system) for system in systems.iterator(chunk_size=500))


def one_system(identifier: str) -> SearchDocument | None:
    """Return one system for the search index."""
    system = _systems().filter(pk=identifier).first()
    return system_document(system) if system else None


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
    return Contract.objects.unscoped(_WHY).select_related("organisation", "vendor")


def contract_documents(since: datetime | None) -> Iterable[SearchDocument]:
    """Yield the contracts for the search index, or those changed since a moment."""
    contracts = _contracts().filter(updated_at__gte=since) if since else _contracts()
    return (contract_document(contract) for contract in contracts.iterator(chunk_size=500))


def one_contract(identifier: str) -> SearchDocument | None:
    """Return one contract for the search index."""
    contract = _contracts().filter(pk=identifier).first()
    return contract_document(contract) if contract else None


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
