"""Read endpoints of the registry: systems, contracts, migration states, outages."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from yui.kernel.calendar_jp import today
from yui.kernel.tables.api_pages import Page, asking, page_of
from yui.registry.models import Outage
from yui.registry.public import migration_states, summarise_contract, summarise_system
from yui.registry.queries.contracts import contracts_for
from yui.registry.queries.systems import systems_for

router = Router()


class SystemOut(Schema):
    """An information system; ``business_area_code`` is empty outside the twenty standard areas."""

    id: int
    organisation_code: str
    code: str
    name: str
    business_area_code: str
    hosting: str
    network_zone: str
    confidentiality: int
    status: str
    department_name: str
    vendor_name: str
    url: str


class ContractOut(Schema):
    """A contract; yen include tax."""

    id: int
    organisation_code: str
    number: str
    title: str
    kind: str
    vendor_name: str
    corporate_number: str
    starts_on: date
    ends_on: date
    total_yen: int
    annual_yen: int
    system_codes: list[str]


class MigrationOut(Schema):
    """One area of one ward; ``state`` is empty where the ward has recorded nothing."""

    organisation_code: str
    area_code: str
    state: str
    is_late: bool
    planned_on: date | None
    since: date | None


class OutageOut(Schema):
    """An outage; ``ended_at`` is null while it lasts."""

    id: int
    organisation_code: str
    system_code: str
    title: str
    severity: str
    is_planned: bool
    started_at: datetime
    ended_at: datetime | None
    cause: str

    @staticmethod
    def resolve_organisation_code(outage: Outage) -> str:
        """Return the code of the system's organisation."""
        return outage.system.organisation.code

    @staticmethod
    def resolve_system_code(outage: Outage) -> str:
        """Return the system's code."""
        return outage.system.code


class SystemList(Schema):
    """A page of systems and how many there are."""

    count: int
    items: list[SystemOut]


class ContractList(Schema):
    """A page of contracts and how many there are."""

    count: int
    items: list[ContractOut]


class OutageList(Schema):
    """A page of outages and how many there are."""

    count: int
    items: list[OutageOut]


class MigrationList(Schema):
    """The matrix as of a day."""

    as_of: date
    items: list[MigrationOut]


@router.get("/systems", response=SystemList, summary="Information systems")
def list_systems(request: HttpRequest, page: Query[Page]) -> dict[str, Any]:
    """Return the systems that the asking person may see."""
    count, records = page_of(systems_for(asking(request)), page)
    return {"count": count, "items": [summarise_system(system) for system in records]}


@router.get("/systems/{system_id}", response=SystemOut, summary="One information system")
def get_system(request: HttpRequest, system_id: int) -> Any:
    """Return one system; one that the asking person may not see does not exist."""
    return summarise_system(get_object_or_404(systems_for(asking(request)), pk=system_id))


@router.get("/contracts", response=ContractList, summary="Contracts")
def list_contracts(request: HttpRequest, page: Query[Page]) -> dict[str, Any]:
    """Return the contracts that the asking person may see, by their end."""
    count, records = page_of(contracts_for(asking(request)), page)
    return {"count": count, "items": [summarise_contract(contract) for contract in records]}


@router.get("/contracts/{contract_id}", response=ContractOut, summary="One contract")
def get_contract(request: HttpRequest, contract_id: int) -> Any:
    """Return one contract; one that the asking person may not see does not exist."""
    return summarise_contract(get_object_or_404(contracts_for(asking(request)), pk=contract_id))


@router.get("/migration", response=MigrationList, summary="Migration to standard systems")
def list_migration(request: HttpRequest, as_of: date | None = None) -> dict[str, Any]:
    """Return the state of every standard business area in every ward as of a day (today unless given)."""
    day = as_of or today()
    return {"as_of": day, "items": migration_states(asking(request), day)}


@router.get("/outages", response=OutageList, summary="Outages")
def list_outages(request: HttpRequest, page: Query[Page]) -> dict[str, Any]:
    """Return the outages of the systems that the asking person may see, newest first."""
    outages = Outage.objects.visible_to(asking(request)).select_related("system__organisation")
    count, records = page_of(outages, page, "system__organisation")
    return {"count": count, "items": list(records)}


@router.get("/outages/{outage_id}", response=OutageOut, summary="One outage")
def get_outage(request: HttpRequest, outage_id: int) -> Any:
    """Return one outage; one that the asking person may not see does not exist."""
    outages = Outage.objects.visible_to(asking(request)).select_related("system__organisation")
    return get_object_or_404(outages, pk=outage_id)
