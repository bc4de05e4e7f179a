"""The made-up registry: the same for everyone, labelled, and good enough for every rule of the room."""

import pytest

from yui.kernel.calendar_jp import Month
from yui.kernel.demonstration import Demonstration
from yui.kernel.ledger.models import Entry
from yui.registry.demo import seed
from yui.registry.models import (
    Change,
    Contract,
    DataLink,
    InformationSystem,
    MaintenanceWindow,
    Outage,
    StandardMigration,
    Vendor,
)


@pytest.fixture
def demo(minato):
    """A demonstration of one ward over a year."""
    return Demonstration(Month(2025, 11), Month(2026, 10), [minato])


def test_every_seeded_record_keeps_the_rules(demo):
    seed(demo)
    for model in (InformationSystem, Contract, DataLink, Outage, Change):
        records = list(model.everything.all())
        assert records, model
        for record in records:
            record.full_clean()


def test_the_ward_has_its_twenty_areas_and_says_that_it_is_made_up(demo, minato):
    seed(demo)
    systems = InformationSystem.everything.filter(organisation=minato)
    assert systems.filter(category="standard").count() == 20
    assert systems.count() == 40
    assert all("架空" in name for name in Vendor.everything.values_list("name", flat=True))
    assert Entry.objects.filter(organisation_code=minato.code, verb="registry.seed").count() == 1


def test_the_same_seed_gives_the_same_registry(demo, shinjuku):
    seed(demo)
    first = list(Contract.everything.order_by("pk").values_list("number", "annual_yen", "ends_on"))
    Contract.everything.all().delete()
    for model in (DataLink, Outage, Change):
        model.everything.all().delete()
    MaintenanceWindow.everything.all().delete()
    StandardMigration.everything.all().delete()
    InformationSystem.everything.all().delete()
    Vendor.everything.all().delete()
    seed(demo)
    assert list(Contract.everything.order_by("pk").values_list("number", "annual_yen", "ends_on")) == first
