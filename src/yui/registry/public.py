"""The registry's door for other rooms: summaries of what an actor may see."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.registry.engine.migration import Step, is_late, state_as_of
from yui.registry.models import Contract, InformationSystem, MigrationState, StandardBusinessArea
from yui.registry.queries.contracts import contracts_expiring_within, contracts_for
from yui.registry.queries.migration import migration_matrix, steps_by_cell
from yui.registry.queries.systems import systems_for

MOST_CHOICES = 2_000
"""Systems that a form offers."""


@dataclass(frozen=True)
class BusinessArea:
    """One of the twenty standard business areas."""

    code: str
    name_ja: str
    name_en: str


@dataclass(frozen=True)
class SystemSummary:
    """What other rooms need to know of a system; ``business_area_code`` is empty outside the twenty areas."""

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


@dataclass(frozen=True)
class ContractSummary:
    """What other rooms need to know of a contract; yen include tax."""

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
    system_codes: tuple[str, ...]


@dataclass(frozen=True)
class MigrationSummary:
    """The state of one area in one ward; ``state`` is empty where the ward has recorded nothing."""

    organisation_code: str
    area_code: str
    state: str
    is_late: bool
    planned_on: date | None
    since: date | None

    @property
    def is_migrated(self) -> bool:
        """Whether the migration is done."""
        return self.state == MigrationState.MIGRATED


@dataclass(frozen=True)
class MigrationRoad:
    """One ward's way in one business area: the days on which its states were planned and reached."""

    ward_code: str
    area_code: str
    steps: tuple[Step, ...]

    @property
    def planned_on(self) -> date | None:
        """The day planned for the end of the migration."""
        return next((step.planned_on for step in self.steps if step.state == MigrationState.MIGRATED), None)

    @property
    def migrated_on(self) -> date | None:
        """The day on which the migration was done, whether or not it was undone later."""
        return next((step.actual_on for step in self.steps if step.state == MigrationState.MIGRATED), None)

    @property
    def undone_on(self) -> date | None:
        """The first day after the end of the migration on which another state was reached again."""
        done = self.migrated_on
        if done is None:
            return None
        later = [
            step.actual_on for step in self.steps if step.actual_on is not None and step.actual_on > done
        ]
        return min(later, default=None)

    def state_on(self, day: date) -> str:
        """Return the state as of a day."""
        return state_as_of(self.steps, day)

    def is_late_on(self, day: date) -> bool:
        """Tell whether the migration was behind its plan on a day."""
        return is_late(self.steps, day)


def business_areas() -> tuple[BusinessArea, ...]:
    """Return the twenty standard business areas in their order."""
    return tuple(
        BusinessArea(area.code, area.name_ja, area.name_en) for area in StandardBusinessArea.objects.all()
    )


def area_choices() -> list[tuple[int, str]]:
    """Return key and name of the twenty standard business areas, for a form."""
    return [
        (area.pk, area.name_en if (get_language() or "").startswith("en") else area.name_ja)
        for area in StandardBusinessArea.objects.all()
    ]


def area_keys() -> dict[str, int]:
    """Return the keys of the standard business areas by their codes, for what is written in bulk."""
    return dict(StandardBusinessArea.objects.values_list("code", "pk"))


def system_choices(actor: Actor, *, own_only: bool = True) -> list[tuple[int, str]]:
    """Return key and name of the systems that the actor may see, for a form: those of his own bodies."""
    systems = systems_for(actor)
    if own_only and not actor.is_system:
        systems = systems.filter(organisation_id__in=actor.organisation_ids)
    return [(system.pk, system.name) for system in systems.order_by("name_key", "pk")[:MOST_CHOICES]]


def visible_system(actor: Actor, key: int) -> SystemSummary | None:
    """Return a system that the actor may see, None for any other key."""
    system = systems_for(actor).filter(pk=key).first()
    return summarise_system(system) if system else None


def systems_by_code(actor: Actor, organisation: Organisation) -> dict[str, SystemSummary]:
    """Return the organisation's systems that ``actor`` may see, by their code."""
    return {system.code: summarise_system(system) for system in systems_for(actor, organisation)}


def systems_of(actor: Actor, codes: Collection[str]) -> dict[str, dict[str, SystemSummary]]:
    """Return the systems that ``actor`` may see of organisations (codes), by organisation and code."""
    found: dict[str, dict[str, SystemSummary]] = {code: {} for code in codes}
    for system in systems_for(actor).filter(organisation__code__in=sorted(codes)):
        found[system.organisation.code][system.code] = summarise_system(system)
    return found


def system_codes_by_area(actor: Actor) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the codes of the systems that ``actor`` may see, by organisation and business area (codes)."""
    systems = InformationSystem.objects.visible_to(actor).filter(business_area__isnull=False).order_by("code")
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for owner, area, code in systems.values_list("organisation__code", "business_area__code", "code"):
        found[owner, area] = (*found.get((owner, area), ()), code)
    return found


def contracts_of(actor: Actor, organisation: Organisation) -> tuple[ContractSummary, ...]:
    """Return the organisation's contracts that ``actor`` may see, by their end."""
    return tuple(summarise_contract(contract) for contract in contracts_for(actor, organisation))


def contracts_ending(
    actor: Actor, organisations: Sequence[int], day: date, days: int, *, limit: int
) -> tuple[ContractSummary, ...]:
    """Return the contracts of these organisations (keys) that end within ``days``, the soonest first."""
    ending = contracts_expiring_within(contracts_for(actor), day, days).filter(
        organisation_id__in=list(organisations)
    )
    return tuple(summarise_contract(contract) for contract in ending.order_by("ends_on", "number")[:limit])


def migration_states(actor: Actor, as_of: date) -> tuple[MigrationSummary, ...]:
    """Return the state of every area in every ward as of a day, ward by ward."""
    return tuple(
        MigrationSummary(
            cell.ward.code, cell.area.code, cell.state, cell.is_late, cell.planned_on, cell.since
        )
        for cell in migration_matrix(actor, as_of).cells
    )


def migration_roads(actor: Actor) -> tuple[MigrationRoad, ...]:
    """Return the way of every migration that was recorded, ward by ward: for any day, from one query."""
    return tuple(MigrationRoad(ward, area, way) for (ward, area), way in steps_by_cell(actor).items())


def migration_state_names() -> dict[str, str]:
    """Return the states of a migration in the order of the road, each with its name."""
    return {state.value: str(state.label) for state in MigrationState}


def summarise_system(system: InformationSystem) -> SystemSummary:
    """Return the summary of a system read with its relations."""
    return SystemSummary(
        id=system.pk,
        organisation_code=system.organisation.code,
        code=system.code,
        name=system.name,
        business_area_code=system.business_area.code if system.business_area else "",
        hosting=system.hosting,
        network_zone=system.network_zone,
        confidentiality=system.confidentiality,
        status=system.status,
        department_name=system.department.name if system.department else "",
        vendor_name=system.vendor.name if system.vendor else "",
        url=system.get_absolute_url(),
    )


def summarise_contract(contract: Contract) -> ContractSummary:
    """Return the summary of a contract read with its relations."""
    return ContractSummary(
        id=contract.pk,
        organisation_code=contract.organisation.code,
        number=contract.number,
        title=contract.title,
        kind=contract.kind,
        vendor_name=contract.vendor.name,
        corporate_number=contract.vendor.corporate_number or "",
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        total_yen=contract.total_yen,
        annual_yen=contract.annual_yen,
        system_codes=tuple(system.code for system in contract.systems.all()),
    )
