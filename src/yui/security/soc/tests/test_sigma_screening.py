"""Looking over blocks of JSON lines gives just what reading and looking at each record does."""

import json
import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from yui.security.soc.detecting import RuleSet, Tally, detect_in_files
from yui.security.soc.engine.correlation.parsing import parse_correlations
from yui.security.soc.engine.records import LogRecord
from yui.security.soc.engine.sigma import screening
from yui.security.soc.engine.sigma.compiling import CompiledRules
from yui.security.soc.engine.sigma.keywords import lines_with
from yui.security.soc.engine.sigma.matching import detect
from yui.security.soc.formats.reading import read_records
from yui.security.soc.tests.sigma_samples import SYSMON, loaded, rule_text

PRODUCT = {"product": "windows"}
SERVICE = {"product": "windows", "service": "sysmon"}
CREATION = {"product": "windows", "category": "process_creation"}
SECURITY = {"product": "windows", "service": "security"}
DETECTIONS: list[tuple[dict[str, str], Any]] = [
    (PRODUCT, {"keywords": ["mimi/k", "a.b"], "condition": "keywords"}),
    (SECURITY, {"keywords": ["sekur"], "condition": "keywords"}),
    (SERVICE, {"Image|endswith": "\\x.exe"}),
    (CREATION, {"Image": "7"}),
    (CREATION, {"Image": 1}),
    (CREATION, {"Image": True}),
    (SERVICE, {"CommandLine|contains": ["mimi", "ß", "K"]}),
    (SERVICE, {"CommandLine": None}),
    (SERVICE, {"a": {"Other|exists": False}, "b": {"Image|startswith": "C:"}, "condition": "a and b"}),
    (SERVICE, {"a": {"Image|exists": True}, "b": {"Image|contains": "a"}, "condition": "a and not b"}),
    (SERVICE, {"Image|fieldref": "CommandLine"}),
    (SERVICE, {"Other.Image": "deep"}),
    (SERVICE, {"EventID": "01"}),
    (SERVICE, {"EventID": True}),
    (SECURITY, {"EventID": 4688, "Image|re": "^a"}),
]
RULES = loaded(*(rule_text(one, logsource=source, number=n) for n, (source, one) in enumerate(DETECTIONS, 1)))
texts = st.one_of(
    st.text('aAbBmMiIkKßKſ./\\" {[', max_size=6),
    st.sampled_from(["mimi/k", "MIMI/K", "a.b", "C:\\x.exe", "7", "1", "true", "sekur", "mımi/k", "miMİ/k"]),
)
plain = st.one_of(texts, st.integers(-1, 8), st.sampled_from([True, False, None, 1.0, 2.5, 1e300, 10**30]))
values = st.one_of(
    plain,
    plain,
    st.lists(plain, max_size=3),
    st.lists(st.lists(plain, max_size=2), max_size=2),
    st.fixed_dictionaries({}, optional={"Image": plain, "x": plain}),
)
events = st.fixed_dictionaries(
    {
        "Channel": st.sampled_from([SYSMON, SYSMON.upper(), "Security", "Linux-Sysmon/Operational", None, 1]),
        "EventID": st.sampled_from([1, 1, 1, "1", "01", True, 1.0, 4688, "4688", None, [1]]),
    },
    optional={
        "Image": values,
        "image": values,
        "CommandLine": values,
        "Other": values,
        "UtcTime": texts,
        "channel": texts,
        "product": st.sampled_from(["windows", "linux", 7]),
        "x" * 300: plain,
    },
)
DEEP: Any = {"Channel": SYSMON, "EventID": 1, "Image": "C:", "Other": json.loads("[" * 40 + "]" * 40)}
WIDE: Any = {"Channel": SYSMON, "EventID": 1, "Other": {str(number): 0 for number in range(2_001)}}


def written(event: Any, chance: random.Random) -> str:
    """An event as JSON, some of whose characters are written by their number."""
    text = json.dumps(event, ensure_ascii=chance.random() < 0.3)
    for letter in "mM/aK":
        if chance.random() < 0.1:
            other = "\\/" if letter == "/" else f"\\u{ord(letter):04X}"
            text = text.replace(letter, other) if letter != "a" else text.replace('"a', f'"{other}')
    return chance.choice(["", "", "", " "]) + text + chance.choice(["", "", "", "\r", " "])


def plainly(path):
    """What reading and looking at every record alone finds: matches, and rejected pieces."""
    items = list(read_records(path))
    records = [one for one in items if isinstance(one, LogRecord)]
    rules = CompiledRules(RULES.rules.rules)
    found = [(match.rule.id, record, match.atoms) for record in records for match in detect(rules, [record])]
    return found, [one for one in items if not isinstance(one, LogRecord)], len(records)


def screened(path, some=RULES.rules.rules):
    """The same by way of blocks."""
    rules = RuleSet(CompiledRules(some), parse_correlations([], {}), "", ())
    tally, rejected = Tally(), []
    found = [
        (one.rule_id, one.record, one.matched)
        for one in detect_in_files([path], rules, tally, rejected.append)
    ]
    assert tally.rejected == Counter(one.reason for one in rejected)
    return found, rejected, tally.events


@given(st.lists(events, min_size=1, max_size=12), st.integers(0, 2**32))
@example([DEEP, WIDE, {"Channel": SYSMON, "EventID": 1, "Image": "C:", "n": 1}], 1)
@settings(max_examples=150)
def test_blocks_find_what_single_records_do(tmp_path_factory, several, seed):
    chance = random.Random(seed)
    lines = [written(event, chance) for event in several for _ in range(chance.choice([1, 1, 3]))]
    if chance.random() < 0.2:
        lines.insert(chance.randrange(len(lines)), chance.choice(["", "{", "[1]", '{"a": [1', "2]}", "x y"]))
    path = tmp_path_factory.mktemp("lines") / "events.log"
    path.write_text("\n".join(lines) + chance.choice(["", "\n"]), encoding="utf-8")
    assert screened(path) == plainly(path)


def test_a_value_broken_over_two_lines_is_no_event(tmp_path):
    path = tmp_path / "events.log"
    whole = json.dumps({"Channel": SYSMON, "EventID": 1, "Image": "C:\\x.exe", "n": 1})
    path.write_text(f'{whole}\n{{"a": [1\n2], "b": 1, "c": 2, "d": 3}}\n{whole}\n{whole},{whole}\n')
    assert screened(path) == plainly(path)
    assert [one.reason for one in screened(path)[1]].count("not_json") >= 1


def test_only_what_may_match_is_read(tmp_path, monkeypatch):
    path = tmp_path / "events.log"
    quiet = json.dumps({"Channel": SYSMON, "EventID": 3, "Image": "D:\\y.exe", "CommandLine": "z"})
    loud = json.dumps({"Channel": SYSMON, "EventID": 3, "Image": "C:\\x.exe", "CommandLine": "z"})
    path.write_text("\n".join([quiet] * 50 + [loud]))
    read = Counter()
    suspects = screening.Screen.suspects

    def counted(self, objects, text):
        positions = suspects(self, objects, text)
        read.update(positions)
        return positions

    monkeypatch.setattr(screening.Screen, "suspects", counted)
    found, _, events = screened(path, RULES.rules.rules[:3])
    assert events == 51
    assert read.total() == 1
    assert {one[1].place for one in found} == {f"{path}:51"}


def test_forgetting_changes_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(screening, "MAX_NAMES", 3)
    path = tmp_path / "events.log"
    several = [
        {"Channel": SYSMON, "EventID": number % 3, f"n{number % 5}": 1, "Image": "C:\\x.exe", "UtcTime": ""}
        for number in range(40)
    ]
    path.write_text("\n".join(map(json.dumps, several)))
    assert screened(path) == plainly(path)
    assert len(screened(path)[0]) >= 40


@pytest.mark.parametrize(
    ("line", "there"),
    [
        (b'{"a": "MIMIKATZ"}', True),
        (b'{"a": "mimi"}', False),
        (b'{"a": "mi\\u006dikatz"}', True),
        ('{"a": "mimi\u212aatz"}'.encode(), True),
        (b'{"a": "mimi\\u212Aatz"}', True),
        ('{"a": "東京"}'.encode(), False),
        (b'{"a": "C:\\\\Users"}', False),
    ],
)
def test_lines_that_may_hold_a_keyword(line, there):
    fragments = frozenset({"mimikatz", "sekurlsa::"})
    assert lines_with(fragments, b"{}\n" + line + b"\n{}") == ({1} if there else set())


def test_endless_shapes_leave_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(screening, "MAX_NAMES", 40)
    told = Counter()
    remember = type(CompiledRules(RULES.rules.rules).programs).remember

    def counted(self, forget):
        told["watchers"] += 1
        remember(self, forget)

    monkeypatch.setattr(type(CompiledRules(RULES.rules.rules).programs), "remember", counted)
    path = tmp_path / "events.log"
    several = [{"Channel": SYSMON, "EventID": 1, f"n{number}": "x", "UtcTime": ""} for number in range(300)]
    path.write_text("\n".join(map(json.dumps, several)))
    screened(path)
    assert told["watchers"] < 20
