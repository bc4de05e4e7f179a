"""The made-up ledger: what the wards have, what they agreed, and how far they have migrated."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from yui.kernel.calendar_jp import FiscalYear
from yui.kernel.demonstration import Demonstration
from yui.kernel.scope.models import Organisation, Visibility
from yui.kernel.tables.normalise import normalise_key
from yui.organisations.public import Department
from yui.registry.demo import words
from yui.registry.engine.names import name_key
from yui.registry.models import (
    Contract,
    DataLink,
    InformationSystem,
    MigrationStep,
    StandardBusinessArea,
    StandardMigration,
    Vendor,
)

OTHER_PER_WARD = 20
STANDARD_DEADLINE = date(2026, 3, 31)
"""End of fiscal year 2025: the day by which the law asks for migration."""


def make_vendors(owner: Organisation) -> list[Vendor]:
    """Return the shared list of made-up companies."""
    return Vendor.objects.bulk_create(
        Vendor(organisation=owner, visibility=Visibility.WARDS, name=name, name_key=name_key(name))
        for name in words.VENDORS
    )


def make_migrations(
    demo: Demonstration,
    random: Random,
    ward: Organisation,
    areas: Sequence[StandardBusinessArea],
    pace: float,
) -> dict[int, str]:
    """Make the road of every area; return the state reached last, by area."""
    last_day = demo.last_month.last_day
    roads = StandardMigration.objects.bulk_create(
        StandardMigration(organisation=ward, visibility=Visibility.WARDS, area=area) for area in areas
    )
    steps: list[MigrationStep] = []
    reached: dict[int, str] = {}
    for road in roads:
        is_special = random.random() > pace + 0.35
        goal = STANDARD_DEADLINE - timedelta(days=random.choice([0, 0, 90, 180, 365]))
        if is_special:
            designated = goal - timedelta(days=60)
            steps.append(MigrationStep(migration=road, state="special", actual_on=designated))
            reached[road.area_id] = "special"
            goal += timedelta(days=random.choice([730, 1095, 1460]))
        delay = timedelta(days=random.randint(-20, 60) if random.random() < pace else random.randint(60, 420))
        for state, ahead in (("conformity", 300), ("migrating", 120), ("migrated", 0)):
            planned = goal - timedelta(days=ahead)
            actual = planned + delay * (1 if state == "migrated" else 0.5)
            happened = actual <= last_day and not is_special
            steps.append(
                MigrationStep(
                    migration=road, state=state, planned_on=planned, actual_on=actual if happened else None
                )
            )
            if happened:
                reached[road.area_id] = state
    MigrationStep.objects.bulk_create(steps)
    return reached


def make_systems(
    demo: Demonstration,
    random: Random,
    ward: Organisation,
    vendors: Sequence[Vendor],
    areas: Sequence[StandardBusinessArea],
    reached: dict[int, str],
) -> list[InformationSystem]:
    """Make one ward's systems."""
    departments = list(Department.objects.filter(organisation=ward, valid_to__isnull=True))
    plans: list[tuple[str, str, str, int, StandardBusinessArea | None, bool]] = [
        (f"{area.name_ja}システム", "standard", "my_number", 3, area, reached.get(area.pk) == "migrated")
        for area in areas
    ]
    others = random.sample(words.OTHER_SYSTEMS, OTHER_PER_WARD)
    plans += [(name, kind, zone, level, None, False) for name, kind, zone, level in others]
    systems = []
    for number, (name, category, zone, level, area, migrated) in enumerate(plans, start=1):
        outside = zone == "internet" and random.random() < 0.7
        hosting = "government_cloud" if migrated else "other_cloud" if outside else "on_premises"
        hours = random.choice([4, 8, 24, 24, 72])
        systems.append(
            InformationSystem(
                organisation=ward,
                code=f"{'STD' if area else 'SYS'}-{number:03d}",
                name=name,
                name_key=normalise_key(name),
                purpose=f"架空データ:{name}の説明のための記録です。",
                category=category,
                business_area=area,
                department=random.choice(departments) if departments else None,
                vendor=random.choice(vendors),
                hosting=hosting,
                cloud_provider=random.choice(["aws", "aws", "aws", "azure", "oracle"]) if migrated else "",
                network_zone=zone,
                network_model=""
                if zone == "my_number"
                else random.choice(["alpha", "alpha_dash", "beta_dash"]),
                confidentiality=level,
                integrity=2 if level > 1 else 1,
                availability_level=2 if hours <= 24 else 1,
                rto_hours=hours,
                rpo_hours=min(24, hours),
                user_count=random.randrange(20, 3000, 10),
                started_on=demo.first_month.first_day - timedelta(days=random.randrange(30, 3000)),
            )
        )
    return InformationSystem.objects.bulk_create(systems)


def make_contracts(
    demo: Demonstration,
    random: Random,
    ward: Organisation,
    systems: Sequence[InformationSystem],
    vendors: Sequence[Vendor],
) -> list[Contract]:
    """Make the contracts of one ward's systems."""
    this_year = FiscalYear.of(demo.last_month.first_day)
    contracts, pairs = [], []
    for number, system in enumerate(systems, start=1):
        years = random.choice([1, 1, 3, 5])
        first = FiscalYear(this_year.year - random.randrange(years))
        kind = random.choice(
            ["service"] if system.hosting != "on_premises" else ["maintenance", "operation", "lease"]
        )
        annual = random.randrange(800, 60_000) * 1_000
        contract = Contract(
            organisation=ward,
            number=f"{first.year}-{number:04d}",
            title=words.CONTRACT_TITLES[kind].format(system.name),
            kind=kind,
            vendor=system.vendor or random.choice(vendors),
            starts_on=first.start,
            ends_on=FiscalYear(first.year + years - 1).end,
            total_yen=annual * years,
            annual_yen=annual,
            renewal_notice_days=random.choice([90, 180, 365]),
        )
        contracts.append(contract)
        pairs.append((contract, system))
    saved = Contract.objects.bulk_create(contracts)
    through = Contract.systems.through
    through.objects.bulk_create(
        through(contract_id=contract.pk, informationsystem_id=system.pk) for contract, system in pairs
    )
    return saved


def make_links(random: Random, systems: Sequence[InformationSystem]) -> list[DataLink]:
    """Join the register of residents to most standard systems, and others within their network zone."""
    hub, *others = systems
    found: dict[tuple[int, int], DataLink] = {}
    wanted = [(hub, system) for system in others if system.category == "standard" and random.random() < 0.8]
    for zone, count in (("my_number", 6), ("lgwan", 14), ("internet", 3)):
        inside = [system for system in systems if system.network_zone == zone]
        pairs = [random.sample(inside, 2) for _number in range(count if len(inside) > 1 else 0)]
        wanted += [(source, target) for source, target in pairs]
    for source, target in wanted:
        medium, frequency, data = random.choice(words.LINK_DATA)
        direction = "two_way" if medium == "api" and random.random() < 0.5 else "one_way"
        found.setdefault(
            (source.pk, target.pk),
            DataLink(
                source=source,
                target=target,
                medium=medium,
                frequency=frequency,
                direction=direction,
                data=data,
            ),
        )
    return DataLink.objects.bulk_create(found.values())
