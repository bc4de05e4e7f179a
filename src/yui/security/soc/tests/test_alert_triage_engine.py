"""Marking what matched, suggesting incidents, sharing sightings, writing STIX: without a database."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.security.soc.engine.triage.highlight import segments, shown_fields
from yui.security.soc.engine.triage.incidents import PAUSE, Clue, processes_of, suggest_incidents
from yui.security.soc.engine.triage.sharing import Share, shared
from yui.security.soc.formats.stix_sightings import SightingFact, bundle

NOON = datetime(2026, 11, 23, 3, tzinfo=UTC)
texts = st.text(st.characters(codec="utf-8"), max_size=40)


@given(
    texts,
    st.lists(st.tuples(texts, st.sampled_from(["contains", "wildcard", "re", "cidr", "equals"])), max_size=4),
)
def test_marking_never_changes_the_text(text, literals):
    cut = segments(text, literals)
    assert "".join(segment.text for segment in cut) == text
    assert all(one.hit != other.hit for one, other in pairwise(cut))


@given(texts, texts, texts)
def test_a_literal_that_stands_there_is_marked(before, literal, after):
    plain = literal.replace("*", "").replace("?", "").replace("\\", "")
    cut = segments(before + plain + after, [(plain, "contains")])
    if plain:
        assert any(segment.hit for segment in cut)


@pytest.mark.parametrize(
    ("text", "literal", "modifier", "hits"),
    [
        ("cmd /c MiniDump x", "minidump", "contains", ["MiniDump"]),
        ("aXbXc", "x", "contains", ["X", "X"]),
        (r"C:\a\rundll32.exe", r"\rundll32.exe", "endswith", [r"\rundll32.exe"]),
        ("powershell -enc AAA", "power*-enc*", "wildcard", ["power", "-enc"]),
        ("10.1.2.3", "10.0.0.0/8", "cidr", ["10.1.2.3"]),
        ("a*b", r"a\*b", "wildcard", ["a*b"]),
        ("İSTANBUL", "istanbul", "contains", []),
        ("", "x", "contains", []),
    ],
)
def test_what_is_marked(text, literal, modifier, hits):
    assert [segment.text for segment in segments(text, [(literal, modifier)]) if segment.hit] == hits


def test_matched_fields_come_first_and_missing_ones_are_shown():
    matched = [
        {"field": "commandline", "value": "x", "literal": "whoami", "modifier": "contains"},
        {"field": "Gone", "value": None, "literal": "null", "modifier": "null"},
    ]
    shown = shown_fields({"Image": "a.exe", "CommandLine": "whoami /all", "List": ["a", 1, None]}, matched)
    assert [(each.name, each.matched) for each in shown] == [
        ("Gone", True), ("CommandLine", True), ("Image", False), ("List", False),
    ]  # fmt: skip
    assert shown[1].segments[0] == ("whoami", True)
    assert "".join(segment.text for segment in shown[3].segments) == "a\n1\n"


def clue(group, minutes=0, **values):
    at = NOON + timedelta(minutes=minutes)
    return Clue(group, values.pop("ward", "131032"), at, values.pop("last", at), **values)


def test_one_attack_from_host_to_host_is_one_candidate():
    attack = [
        clue(1, 0, host="PC-1", user="suzuki", tactics=frozenset({"execution"})),
        clue(2, 10, host="PC-1", user="SYSTEM", tactics=frozenset({"credential_access"})),
        clue(3, 30, host="SRV-1", user="MINATO\\suzuki", tactics=frozenset({"lateral_movement"}), level=4),
    ]
    noise = [clue(4, 20, host="PC-9", user="SYSTEM"), clue(5, 60 * 20, host="PC-1", user="suzuki")]
    (found,) = suggest_incidents([*noise, *attack])
    assert (found.groups, found.tactics, found.level) == ((1, 2, 3), 3, 4)
    assert found.hosts == ("PC-1", "SRV-1")


def test_a_shared_process_joins_over_any_pause():
    process = processes_of({"ParentProcessGuid": "{A}", "Other": 1})
    child = processes_of({"ProcessGuid": "{a}"})
    (found,) = suggest_incidents([clue(1, 0, processes=child), clue(2, 60 * 48, processes=process)])
    assert found.groups == (1, 2)


def test_wards_pauses_and_accounts_of_machines_join_nothing():
    pause = PAUSE.total_seconds() / 60
    apart = [
        clue(1, 0, host="PC-1"), clue(2, pause + 1, host="PC-1"), clue(3, 0, host="PC-1", ward="131041"),
        clue(4, 0, user="NT AUTHORITY\\SYSTEM"), clue(5, 1, user="system"), clue(6, 0, user="PC-1$"),
        clue(7, 1, user="pc-1$"),
        clue(8, 0, processes=processes_of({"ProcessGuid": "{00000000-0000-0000-0000-000000000000}"})),
        clue(9, 0, processes=frozenset()),
    ]  # fmt: skip
    assert suggest_incidents(apart) == []


clues = st.lists(
    st.builds(
        clue,
        st.integers(1, 40),
        st.integers(0, 600),
        host=st.sampled_from(["", "a", "b", "c"]),
        user=st.sampled_from(["", "x", "y", "SYSTEM"]),
        ward=st.sampled_from(["131032", "131041"]),
    ),
    max_size=25,
    unique_by=lambda each: each.group,
)


@given(clues, st.randoms(use_true_random=False))
def test_no_group_is_in_two_candidates_and_order_decides_nothing(some, chance):
    found = suggest_incidents(some)
    members = [group for each in found for group in each.groups]
    assert len(members) == len(set(members))
    wards = {each.group: each.ward for each in some}
    assert all(len({wards[group] for group in each.groups}) == 1 for each in found)
    mixed = list(some)
    chance.shuffle(mixed)
    assert suggest_incidents(mixed) == found


shares = st.lists(
    st.builds(Share, st.just(NOON), st.just(NOON), st.integers(1, 9), st.booleans(), st.integers(2, 6)),
    max_size=8,
)


@given(shares)
def test_no_ward_is_shown_in_smaller_company_than_it_asks_for(some):
    told = shared(some)
    if told is None:
        return
    assert 2 <= told.wards <= sum(share.shares for share in some)
    willing = [share for share in some if share.shares and share.threshold <= told.wards]
    assert len(willing) == told.wards
    assert told.alerts == sum(share.alerts for share in willing)


def test_nobody_who_does_not_share_leaves_a_trace():
    early = Share(NOON - timedelta(days=9), NOON + timedelta(days=9), 99, shares=False)
    open_ones = [Share(NOON + timedelta(seconds=30), NOON + timedelta(minutes=2), 1)] * 2
    assert shared([early, *open_ones]) == (NOON, NOON + timedelta(minutes=2), 2, 2)


def sighting(kind, value, **more):
    return SightingFact(7, kind, value, NOON, NOON, 3, NOON, NOON, **more)


@pytest.mark.parametrize(
    ("kind", "value", "pattern"),
    [
        ("ip", "203.0.113.5", "[ipv4-addr:value = '203.0.113.5']"),
        ("ip", "2001:db8::1", "[ipv6-addr:value = '2001:db8::1']"),
        ("domain", "evil.example", "[domain-name:value = 'evil.example']"),
        ("url", "http://e.example/a'b", r"[url:value = 'http://e.example/a\'b']"),
        ("hash", "a" * 64, f"[file:hashes.'SHA-256' = '{'a' * 64}']"),
        ("hash", "a" * 32, f"[file:hashes.'MD5' = '{'a' * 32}']"),
        ("file", "x\\y.exe", r"[file:name = 'x\\y.exe']"),
    ],
)
def test_stix_patterns_quote_what_they_compare(kind, value, pattern):
    indicator = json.loads(bundle([sighting(kind, value)], source="試験"))["objects"][1]
    assert (indicator["pattern"], indicator["pattern_type"]) == (pattern, "stix")


def test_techniques_and_rules_have_objects_of_their_own():
    facts = [sighting("technique", "T1003"), sighting("rule", "r1", pattern="title: x")]
    kinds = json.loads(bundle(facts, source="試験"))["objects"]
    assert [each["type"] for each in kinds] == [
        "identity",
        "attack-pattern",
        "sighting",
        "indicator",
        "sighting",
    ]
    assert kinds[1]["external_references"][0]["external_id"] == "T1003"
    assert (kinds[3]["pattern"], kinds[3]["pattern_type"]) == ("title: x", "sigma")


def test_the_same_sighting_is_the_same_object():
    one, other = (json.loads(bundle([sighting("ip", "203.0.113.5")], source="試験")) for _ in range(2))
    assert one == other
    assert json.loads(bundle([], source="試験"))["objects"][0]["type"] == "identity"
