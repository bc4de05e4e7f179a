"""Makes the registry's 架空データ: systems, contracts, links, migrations and three years of operation."""

from random import Random

from yui.kernel.demonstration import Demonstration
from yui.kernel.ledger.append import Act, append
from yui.kernel.links import urn
from yui.kernel.scope.models import Organisation
from yui.kernel.scope.querysets import unscoped_allowed
from yui.registry.demo.ledger import make_contracts, make_links, make_migrations, make_systems, make_vendors
from yui.registry.demo.operation import make_changes, make_outages, make_windows
from yui.registry.models import StandardBusinessArea, Vendor

__all__ = ["seed"]


def seed(demo: Demonstration) -> None:
    """Make the registry of every ward; the same seed gives the same data."""
    random = demo.random_for("registry")
    with unscoped_allowed("demonstration data"):
        vendors = make_vendors(demo.wards[0])
        areas = list(StandardBusinessArea.objects.all())
        for ward in demo.wards:
            _seed_ward(demo, random, ward, vendors, areas)


def _seed_ward(
    demo: Demonstration,
    random: Random,
    ward: Organisation,
    vendors: list[Vendor],
    areas: list[StandardBusinessArea],
) -> None:
    pace = random.uniform(0.3, 1.0)
    done = make_migrations(demo, random, ward, areas, pace)
    systems = make_systems(demo, random, ward, vendors, areas, done)
    contracts = make_contracts(demo, random, ward, systems, vendors)
    links = make_links(random, systems)
    outages = make_outages(demo, random, systems)
    windows = make_windows(demo, random, systems)
    changes = make_changes(demo, random, systems)
    acts = [
        Act(
            demo.actor.name,
            "registry.system.register",
            urn("registry.system", system.pk),
            {
                "summary": f"架空データとして情報システム「{system.name}」を登録しました。",
                "changes": {},
                "data": {},
            },
        )
        for system in systems
    ]
    counts = {
        "systems": len(systems),
        "contracts": len(contracts),
        "links": len(links),
        "outages": len(outages),
        "maintenance": len(windows),
        "changes": len(changes),
    }
    total = {"summary": "架空データの台帳を登録しました。", "changes": {}, "data": counts}
    append(ward.code, [*acts, Act(demo.actor.name, "registry.seed", urn("registry.ward", ward.code), total)])
