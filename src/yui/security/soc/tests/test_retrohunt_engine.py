"""A rule over stored events finds exactly what it finds in the stream."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yui.kernel.lake.models import LakeFile
from yui.kernel.lake.publishing import supersede
from yui.kernel.lake.reach import Reach
from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.engine.sigma import detect, load_rules
from yui.security.soc.event_store import building
from yui.security.soc.event_store.candidates import ODD_LETTERS
from yui.security.soc.event_store.clocks import DAY, HOUR
from yui.security.soc.event_store.compaction import compact
from yui.security.soc.event_store.event_ids import FileIds
from yui.security.soc.event_store.reading import Span
from yui.security.soc.event_store.retro_hunt import retro_hunt
from yui.security.soc.event_store.writing import EventStore
from yui.security.soc.tests.test_store_append import NOON, OTHER, WARD, ids

pytestmark = pytest.mark.django_db
ALL = Reach.everything("a test")
ALWAYS = Span(NOON - 400 * DAY, NOON + 400 * DAY)
RULES = """
title: tools
id: 11111111-1111-4111-8111-111111111111
logsource: {product: windows, category: process_creation}
detection:
  named: {Image|endswith: '\\\\MIMIKATZ.exe'}
  spoken: {CommandLine|contains|all: [straße, run]}
  not_this: {User|contains: trusted}
  condition: (named or spoken) and not not_this
---
title: any value
id: 22222222-2222-4222-8222-222222222222
logsource: {product: linux}
detection:
  words: ['c:\\\\evil', 'ſecret']
  condition: words
---
title: numbers and networks
id: 33333333-3333-4333-8333-333333333333
logsource: {product: windows}
detection:
  far: {DestinationIp|cidr: 10.0.0.0/8, DestinationPort|gt: 1000}
  odd: {tags: two}
  pattern: {Image|re: '^C:.x[0-9]'}
  none: {Image: null}
  condition: 1 of far or odd or pattern or (none and tags)
---
title: wild
id: 44444444-4444-4444-8444-444444444444
logsource: {product: windows}
detection:
  odd: {tags: two}
  wild: {CommandLine: 'a*b?c'}
  exists: {Weird|exists: true}
  same: {User|fieldref: Image}
  condition: odd or wild or exists or same
"""


def rules(text=RULES):
    loaded = load_rules([("own.yml", text)])
    return loaded.rules


def by_stream(compiled, records, keys, ward=WARD):
    return Counter((ward, keys[m.position], m.rule.id, repr(m.atoms)) for m in detect(compiled, records))


def by_store(compiled, reach=ALL, **limits):
    hunted = retro_hunt(reach, compiled, ALWAYS, **limits)
    return Counter(
        (f.event.ward, f.event.event_id, f.match.rule.id, repr(f.match.atoms)) for f in hunted.found
    )


TEXTS = st.one_of(
    st.sampled_from([
        "C:\\Tools\\mimikatz.EXE", "run STRASSE", "run straße", "ſECRET", "x c:\\Evil y", "trusted",
        "10.2.3.4",
        "C:\\x7",
        "aXbYc", "two", "", "2000", "ﬁ", "İ",
    ]),
    st.text(max_size=3),
)  # fmt: skip
VALUES = st.one_of(
    TEXTS, st.integers(-1, 3000), st.lists(TEXTS, max_size=2), st.none(), st.booleans(), st.just([["two"], 1])
)
NAMES = st.sampled_from(
    ["Image", "image", "CommandLine", "User", "DestinationIp", "DestinationPort", "tags", "Weird", "other"]
)
SOURCES = st.sampled_from(
    [
        LogSource("windows", "process_creation", ""),
        LogSource("windows", "", "sysmon"),
        LogSource("linux", "", ""),
        LogSource(),
    ]
)
ROUTES = st.sampled_from(
    [{}, {"Channel": "Microsoft-Windows-Sysmon/Operational", "EventID": 1}, {"EventID": "1", "eventid": 1},
     {"channel": "microsoft-windows-sysmon/operational", "EventID": "1"}, {"EventID": 4688}]
)  # fmt: skip
RECORDS = st.builds(
    lambda source, route, fields: LogRecord(source, NOON, route | fields, "raw"),
    SOURCES, ROUTES, st.dictionaries(NAMES, VALUES, max_size=5),
)  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=st.lists(RECORDS, min_size=1, max_size=25), most=st.sampled_from([0, 2, 500]))
def test_stream_and_store_agree_on_any_events(organisations, monkeypatch, records, most):
    supersede(LakeFile.objects.all(), by="the last example")
    monkeypatch.setattr(building, "MOST_COLUMNS", most)
    compiled, keys = rules(), ids(*range(len(records)))
    EventStore().append(WARD, records, [NOON] * len(records), keys)
    assert by_store(compiled) == by_stream(compiled, records, keys)


def test_every_letter_that_a_search_folds_otherwise_is_known():
    import duckdb
    import pyarrow as pa
    import re2

    letters = [chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF]
    changed = [letter for letter in letters if letter.casefold() != letter]
    folded = [re2.escape(letter.casefold()) for letter in changed]
    letters_seen = pa.table({"letter": changed, "folded": folded})
    rows = duckdb.connect().execute(
        "SELECT letter, regexp_matches(letter, folded, 'i'), regexp_matches(letter, $1) FROM letters_seen",
        [ODD_LETTERS],
    )
    found = rows.fetchall()
    assert letters_seen.num_rows == len(found)
    assert [letter for letter, fits, is_odd in found if not fits and not is_odd] == []


def test_every_letter_that_is_folded_otherwise_is_known():
    import duckdb
    import pyarrow as pa

    letters = [chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF]
    letters_seen = pa.table({"letter": letters})
    database = duckdb.connect()
    rows = database.execute(
        "SELECT letter, lower(letter), regexp_matches(letter, $1) FROM letters_seen", [ODD_LETTERS]
    ).fetchall()
    assert letters_seen.num_rows == len(rows)
    assert [letter for letter, lower, is_odd in rows if letter.casefold() != lower and not is_odd] == []


CREATION = LogSource("windows", "process_creation", "")
SMALL = [
    LogRecord(CREATION, NOON, {"Image": "C:\\mimikatz.exe", "User": "a"}, "r1"),
    LogRecord(CREATION, NOON + HOUR, {"Image": "C:\\other.exe"}, "r2"),
    LogRecord(CREATION, NOON - 5 * DAY, {"Image": "D:\\Mimikatz.exe"}, "r3"),
]


@pytest.fixture
def stored(organisations):
    EventStore().append(WARD, SMALL, [NOON] * 3, ids(1, 2, 3))
    EventStore().append(OTHER, SMALL[:1], [NOON], ids(1))


def test_the_answer_is_explained_and_counted(stored):
    tools = rules().subset(["11111111-1111-4111-8111-111111111111"])
    hunted = retro_hunt(ALL, tools, Span(NOON, NOON + DAY))
    assert [(one.event.ward, one.event.record.raw, one.match.rule.title) for one in hunted.found] == [
        (WARD, "r1", "tools"), (OTHER, "r1", "tools"),
    ]  # fmt: skip
    (atom,) = hunted.found[0].match.atoms
    assert (atom.field, atom.value) == ("Image", "C:\\mimikatz.exe")
    assert (hunted.events, hunted.candidates, hunted.is_cut) == (3, 2, False)


def test_wards_span_reach_and_limit(stored):
    own = Reach(frozenset({OTHER}), None, "test")
    assert set(by_store(rules(), own)) == {key for key in by_store(rules()) if key[0] == OTHER}
    assert not by_store(rules(), own, wards=[WARD])
    assert sum(by_store(rules()).values()) == 3
    hunted = retro_hunt(ALL, rules(), ALWAYS, most=2)
    assert (len(hunted.found), hunted.is_cut) == (2, True)
    assert not retro_hunt(ALL, rules(), Span(NOON + 20 * DAY, NOON + 30 * DAY)).found


def test_compacting_changes_no_answer(stored):
    before = by_store(rules())
    compact(NOON + 30 * DAY)
    assert by_store(rules()) == before


def test_real_rules_on_real_events(organisations, shared_data):
    """Stream and store agree on a sample of the published rules over recorded attacks."""
    import tarfile

    from yui.security.soc.formats.reading import read_records

    records = []
    for path in sorted((shared_data / "soc" / "otrf" / "atomic").rglob("*.zip"))[:6]:
        records += [record for record in read_records(path) if isinstance(record, LogRecord)][:1500]
    texts = []
    with tarfile.open(shared_data / "soc" / "sigma" / "rules.tar.gz") as archive:
        names = sorted(name for name in archive.getnames() if name.endswith(".yml"))
        for name in names[::20]:
            texts.append((name, archive.extractfile(name).read().decode()))
    compiled = load_rules(texts).rules
    file_ids = FileIds()
    keys = [file_ids.of(record) for record in records]
    assert len(set(keys)) == len(keys)
    live = detect(compiled, records)
    hit = {match.rule.id for match in live}
    chosen = compiled.subset([*sorted(hit), *[rule.id for rule in compiled][:8]])
    received = [record.time or NOON for record in records]
    EventStore().append(WARD, records, received, keys)
    expected = Counter((WARD, keys[m.position], m.rule.id, repr(m.atoms)) for m in detect(chosen, records))
    hunted = retro_hunt(ALL, chosen, Span(min(received), max(received) + 1))
    found = Counter(
        (f.event.ward, f.event.event_id, f.match.rule.id, repr(f.match.atoms)) for f in hunted.found
    )
    assert found == expected
    assert found
