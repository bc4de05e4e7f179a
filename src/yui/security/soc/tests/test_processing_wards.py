"""What the detection process tells across wards."""

from dataclasses import replace
from ipaddress import ip_network

from yui.security.soc.processing.rules import WardRules
from yui.security.soc.tests.processing_parts import (
    BEGIN,
    EVERY_ID,
    SECOND,
    Bench,
    FixedRules,
    book,
    delivery,
    event,
)
from yui.security.soc.tests.receiving import MINATO, SHINJUKU


def test_the_same_in_two_wards_is_told_as_one(tmp_path):
    bench = Bench(tmp_path, wards=(MINATO, SHINJUKU, "131016", "131024"), lateness_us=10 * SECOND)
    digest = "SHA256=" + "ab" * 32
    for number, ward in enumerate((MINATO, SHINJUKU, "131016")):
        bench.rules.book = book({w: WardRules(EVERY_ID) for w in bench.wards}, version="2")
        bench.put(delivery(event("whoami.exe", number, number * 30, Hashes=digest), ward=ward))
    bench.put(delivery(event("calc.exe", 9), received=BEGIN + 200 * SECOND))
    bench.drain()
    assert any(set(fact.wards) >= {MINATO, SHINJUKU} for fact in bench.effects.joint)


def test_no_address_of_the_wards_own_is_common_to_them(tmp_path):
    wards = (MINATO, SHINJUKU, "131016", "131024")

    def keys(name, networks):
        rules = FixedRules(
            replace(book({ward: WardRules(EVERY_ID) for ward in wards}), own_networks=networks)
        )
        bench = Bench(tmp_path / name, wards=wards, rules=rules, lateness_us=10 * SECOND)
        for number, ward in enumerate(wards[:3]):
            raw = event("whoami.exe", number, number * 30, DestinationIp="203.0.113.7")
            bench.put(delivery(raw, ward=ward))
        bench.put(delivery(event("calc.exe", 9), received=BEGIN + 200 * SECOND))
        bench.drain()
        return {fact.key.value for fact in bench.effects.joint}

    assert "203.0.113.7" in keys("a", ())
    assert "203.0.113.7" not in keys("b", (ip_network("203.0.113.0/24"),))
