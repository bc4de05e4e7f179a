"""The engine and a second reading of the specification agree; how events are cut and ordered changes
nothing.
"""

import random
import tarfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yui.security.soc.engine.sigma import fields
from yui.security.soc.engine.sigma.compiling import CompiledRules
from yui.security.soc.engine.sigma.loading import load_rules
from yui.security.soc.engine.sigma.matching import detect
from yui.security.soc.engine.sigma.nodes import Op, atoms_of
from yui.security.soc.tests.sigma_reference import conditions_of, says
from yui.security.soc.tests.sigma_samples import APP, loaded, record, rule_text

LETTERS = "aAbBß*?\\ .-/0K"
FIELDS = ["Image", "image", "Command Line", "n", "x.y"]
texts = st.text(LETTERS, max_size=6)
values = st.one_of(
    texts,
    st.integers(-2, 12),
    st.sampled_from([True, False, None, "", 1.0, 2.5, "10.0.0.1", "fe80::1", "a" * 40, [], "7"]),
    st.lists(st.one_of(texts, st.none(), st.integers(0, 3)), max_size=3),
)
events = st.dictionaries(st.sampled_from([*FIELDS, "IMAGE", "other"]), values, max_size=5)

_TEXT_MODIFIERS = [
    "",
    "|contains",
    "|startswith",
    "|endswith",
    "|cased",
    "|contains|cased",
    "|windash|contains",
]
_text_items = st.tuples(
    st.sampled_from(FIELDS),
    st.sampled_from([*_TEXT_MODIFIERS, "|contains|all", "|neq"]),
    st.one_of(texts, st.lists(texts, min_size=1, max_size=3)),
)
_other_items = st.one_of(
    st.tuples(st.sampled_from(FIELDS), st.just(""), st.sampled_from([None, "", 1, 2.5, True, False, 7])),
    st.tuples(st.sampled_from(FIELDS), st.sampled_from(["|lt", "|lte", "|gt", "|gte"]), st.integers(-1, 11)),
    st.tuples(st.sampled_from(FIELDS), st.just("|exists"), st.booleans()),
    st.tuples(
        st.sampled_from(FIELDS), st.just("|re"), st.sampled_from(["^a", "b$", "(?i)AB", "a.?b", "[0-9]+"])
    ),
    st.tuples(st.sampled_from(FIELDS), st.just("|re|i"), st.sampled_from(["^a", "ab|k", "ss"])),
    st.tuples(st.sampled_from(FIELDS), st.just("|cidr"), st.sampled_from(["10.0.0.0/8", "fe80::/10"])),
    st.tuples(
        st.sampled_from(FIELDS),
        st.sampled_from(["|fieldref", "|fieldref|startswith", "|fieldref|contains"]),
        st.sampled_from(FIELDS),
    ),
)
_selections = st.one_of(
    st.lists(st.one_of(_text_items, _other_items), min_size=1, max_size=3).map(
        lambda items: {f"{field}{modifier}": value for field, modifier, value in items}
    ),
    st.lists(st.text(LETTERS, min_size=1, max_size=4), min_size=1, max_size=3),
)
_conditions = st.sampled_from(
    [
        "sel_a",
        "not sel_a",
        "sel_a and not sel_b",
        "sel_a or sel_b",
        "1 of sel_*",
        "all of sel_*",
        "not 1 of them",
        "(sel_a and sel_b) or not (sel_b or sel_c)",
        "all of them",
        "sel_c and not 1 of sel_*",
    ]
)
detections = st.tuples(_selections, _selections, _selections, _conditions).map(
    lambda parts: dict(zip(["sel_a", "sel_b", "sel_c", "condition"], parts, strict=True))
)


@pytest.mark.parametrize(
    ("looked", "much"), [(fields.MADE_PER_CHARACTER, fields.MUCH), (0, fields.MUCH), (0, 0)],
    ids=["text by text", "first automaton", "quick automaton"],
)  # fmt: skip
@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(detection=detections, given_events=st.lists(events, min_size=1, max_size=6))
def test_generated_rules_match_what_the_specification_says(
    monkeypatch: pytest.MonkeyPatch, looked: float, much: int, detection: Any, given_events: list[Any]
) -> None:
    """Whichever way the texts of a field are looked for."""
    monkeypatch.setattr(fields, "MADE_PER_CHARACTER", looked)
    monkeypatch.setattr(fields, "MUCH", much)
    text = rule_text(detection)
    rules = load_rules([("rule.yml", text)])
    if rules.unsupported:
        assert "Sigma" in rules.unsupported[0].reason or "RE2" in rules.unsupported[0].reason
        return
    conditions = conditions_of(text)
    records = [record(event) for event in given_events]
    found = {match.position for match in detect(rules.rules, records)}
    expected = {n for n, event in enumerate(given_events) if says(conditions, event)}
    assert found == expected


@settings(deadline=None, max_examples=40)
@given(st.lists(detections, min_size=2, max_size=5), st.lists(events, min_size=1, max_size=12), st.randoms())
def test_cutting_and_order_of_events_change_no_match(
    many: list[Any], given_events: list[Any], chance: random.Random
) -> None:
    texts_ = [(f"{n}.yml", rule_text(detection, number=n)) for n, detection in enumerate(many)]
    rules = load_rules(texts_).rules
    records = [record(event) for event in given_events]
    whole = [(match.position, match.rule.id, match.atoms) for match in detect(rules, records)]
    order = list(range(len(records)))
    chance.shuffle(order)
    again = CompiledRules(rules.rules)
    pieces = []
    while order:
        size = chance.randint(1, len(order))
        part, order = order[:size], order[size:]
        pieces += [(part[m.position], m.rule.id, m.atoms) for m in detect(again, [records[n] for n in part])]
    assert sorted(pieces, key=str) == sorted(whole, key=str)


@cache
def _real_rules(folder: Path) -> list[tuple[str, Any]]:
    """Some rules of every log source, with pySigma's conditions."""
    chance = random.Random(20261126)
    with tarfile.open(folder / "soc" / "sigma" / "rules.tar.gz") as archive:
        names = sorted(name for name in archive.getnames() if name.endswith(".yml"))
        chosen = chance.sample(names, 100)
        found = []
        for name in chosen:
            member = archive.extractfile(name)
            assert member is not None
            found.append(member.read().decode())
    return [(text, conditions_of(text)) for text in found]


def _near_events(rule: Any, chance: random.Random) -> list[dict[str, Any]]:
    """Events made of a rule's own literals, whole, cut, in capitals, or left out."""
    atoms = [atom for atom in atoms_of(rule.tree) if atom.op not in (Op.REGEX, Op.CIDR)]
    found = []
    for _ in range(12):
        event: dict[str, Any] = {}
        for atom in chance.sample(atoms, min(len(atoms), chance.randint(1, 8))):
            text = atom.shown or ""
            text = chance.choice([text, text.upper(), text[1:], f"pre {text}", f"{text} post", ""])
            name = atom.name or "message"
            event[name] = f"{event[name]} {text}" if name in event and chance.random() < 0.5 else text
        found.append(event)
    everything: dict[str, Any] = {}
    for atom in atoms:
        everything[atom.name or "message"] = f"{everything.get(atom.name or 'message', '')}{atom.shown}"
    return [*found, everything, {}]


def test_real_rules_match_what_the_specification_says(shared_data: Path) -> None:
    chance = random.Random(7)
    matched = 0
    for text, conditions in _real_rules(shared_data):
        rule = loaded(text).rules.rules[0]
        here = CompiledRules([rule])
        given_events = _near_events(rule, chance)
        records = [record(event, rule.logsource) for event in given_events]
        found = {match.position for match in detect(here, records)}
        expected = {n for n, event in enumerate(given_events) if says(conditions, event)}
        assert found == expected, rule.id
        matched += len(found)
    assert matched > 100, "the events hardly ever match: the comparison says little"


def test_the_logsource_of_the_samples_is_routed() -> None:
    rules = loaded(rule_text({"n": 1}, logsource=APP)).rules
    assert detect(rules, [record({"n": 1})])
