"""What the registry's tests stand on: systems, vendors and contracts of two wards."""

from datetime import date, datetime

import pytest

from yui.kernel.calendar_jp import TOKYO
from yui.registry.facts import ContractFacts, SystemFacts
from yui.registry.models import StandardBusinessArea
from yui.registry.operations import add_contract, register_system, register_vendor


def tokyo(*parts):
    """Return a moment in Tokyo."""
    return datetime(*parts, tzinfo=TOKYO)


@pytest.fixture
def resident_area(db):
    """住民基本台帳."""
    return StandardBusinessArea.objects.get(name_ja="住民基本台帳")


@pytest.fixture
def make_system(system_actor, minato):
    """A function that registers a system."""

    def make(code="MN-001", organisation=None, **facts):
        plain = {"name": f"試験システム{code}", "category": "internal", "hosting": "on_premises"}
        plain |= {"network_zone": "lgwan", "started_on": date(2020, 4, 1)}
        return register_system(
            system_actor, organisation=organisation or minato, facts=SystemFacts(code=code, **(plain | facts))
        )

    return make


@pytest.fixture
def system(make_system):
    """A system of 港区 that only 港区 sees."""
    return make_system()


@pytest.fixture
def vendor(system_actor, minato):
    """A vendor in the shared list."""
    return register_vendor(system_actor, organisation=minato, name="架空ベンダーA社")


@pytest.fixture
def contract(system_actor, minato, vendor, system):
    """A contract of 港区 for its system."""
    facts = ContractFacts(
        number="R8-001",
        title="試験システム保守",
        kind="maintenance",
        vendor=vendor,
        starts_on=date(2026, 4, 1),
        ends_on=date(2027, 3, 31),
        total_yen=12_000_000,
        annual_yen=12_000_000,
        systems=frozenset({system}),
    )
    return add_contract(system_actor, organisation=minato, facts=facts)
