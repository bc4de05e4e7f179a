"""Detection finds in deliveries that are looked over just what it finds in records made of every piece."""

import json

from hypothesis import example, given
from hypothesis import strategies as st

from yui.security.soc.engine.sigma import detect, load_rules
from yui.security.soc.processing.blocks import BLOCK_BYTES
from yui.security.soc.processing.preparing import prepare, taking
from yui.security.soc.processing.rules import WardRules, book_of
from yui.security.soc.processing.screening import Screens
from yui.security.soc.queue.contract import Queued
from yui.security.soc.tests.processing_parts import BEGIN, EVERY_ID, WHOAMI_ID, Bench, book, delivery
from yui.security.soc.tests.receiving import MINATO, SHINJUKU
from yui.security.soc.tests.sigma_samples import SYSMON, rule_text

PRODUCT = {"product": "windows"}
TEXTS = [
    rule_text({"Image|endswith": "\\x.exe"}, logsource=PRODUCT, number=1),
    rule_text({"keywords": ["mimi/k"], "condition": "keywords"}, logsource=PRODUCT, number=2),
    rule_text({"eventName": "DeleteTrail"}, logsource={"product": "aws"}, number=3),
]
RULES = load_rules([(str(at), text) for at, text in enumerate(TEXTS)]).rules
IDS = frozenset(rule.id for rule in RULES)
plain = st.sampled_from(["C:\\x.exe", "C:\\y.exe", "mimi/k", "\ud800", 1, True, None, ["C:\\x.exe"]])
documents = st.one_of(
    st.fixed_dictionaries(
        {"Channel": st.just(SYSMON), "EventID": st.sampled_from([1, "1", 7]), "Image": plain, "a": plain}
    ),
    st.fixed_dictionaries(
        {"eventSource": plain, "eventName": st.just("DeleteTrail"), "b": plain, "n": plain}
    ),
    st.fixed_dictionaries({"Image": plain}, optional={"winlog": st.just({"event_id": 1}), "n": plain}),
)
written = documents.map(lambda one: json.dumps(one).encode())
odd = st.sampled_from(
    [b"{", b"[]", b"null", b"{}", b"\xff", b'{"a":NaN}', b'{"a":1,}', b'{"a":1} {"b":2}', b""]
)
heads = st.sampled_from(
    [
        b'{"create":{}}',
        b'{"index":{}}',
        b'{"index":{"_id":"7"}}',
        b'{"delete":{"_id":"7"}}',
        b"no",
        b'{"x":1}',
    ]
)
usual = st.sampled_from([b'{"create":{}}', b'{"create":{"_id":"9","_index":"logs"}}'])
pieces = st.one_of(
    st.lists(st.builds(lambda head, text: head + b"\n" + text, usual, written), min_size=1, max_size=12),
    st.lists(st.builds(lambda head, text: head + b"\n" + text, heads, written | odd), min_size=1, max_size=6),
)


def screens_with(rules=RULES, enabled=IDS, wards=(MINATO,)):
    screens = Screens()
    by_ward = {ward: WardRules(enabled) for ward in wards}
    screens.follow(book_of("1", {enabled: rules}, (), by_ward))
    return screens


def found_in(prepared):
    """Return each match with all that an alert is made of."""
    events = prepared.wards.get(MINATO)
    if events is None:
        return []
    return [
        (events.pieces[at].event_id, events.received[at], events.records[at], rule.id, atoms)
        for at, rule, atoms in detect(RULES, events.records)
    ]


@given(pieces)
@example([b'{"create":{}}\n{"Channel":"%b","EventID":1,"Image":"a","b":"mim\\u0069/k"}' % SYSMON.encode()])
def test_looking_over_finds_what_records_of_all_pieces_give(raws):
    queued = [Queued(1, delivery(*raws, form="elastic_bulk"))]
    every = prepare(queued)
    screens = screens_with()
    some = prepare(queued, take=taking(screens.read))
    assert found_in(some) == found_in(every)
    assert some.events + screens.quiet == every.events
    assert (some.position, some.newest, some.senders) == (every.position, every.newest, every.senders)


def document(image, **more):
    fields = {"Channel": SYSMON, "EventID": 1, "Image": image, "n": 1, **more}
    return b'{"create":{}}\n' + json.dumps(fields).encode()


def test_quiet_documents_of_many_blocks_become_no_records():
    raws = [document("C:\\y.exe", n=n, text="t" * 1000) for n in range(200)]
    raws[150] = document("C:\\x.exe")
    assert sum(map(len, raws)) > 2 * BLOCK_BYTES
    screens = screens_with()
    prepared = prepare([Queued(1, delivery(*raws, form="elastic_bulk"))], take=taking(screens.read))
    assert [record.fields["Image"] for record in prepared.wards[MINATO].records] == ["C:\\x.exe"]
    assert prepared.wards[MINATO].records[0].place == "7#150"
    assert screens.quiet == 199


def test_other_formats_and_wards_without_rules_are_read_piece_by_piece():
    screens = screens_with()
    lines = prepare([Queued(1, delivery(b"<34>x", form="syslog"))], take=taking(screens.read))
    other = delivery(document("C:\\y.exe"), ward=SHINJUKU, form="elastic_bulk")
    assert (lines.events, prepare([Queued(2, other)], take=taking(screens.read)).events) == (1, 1)
    assert screens.quiet == 0


def test_a_fault_while_looking_over_hides_nothing(monkeypatch):
    screens = screens_with()
    (screen,) = screens._of_ward.values()
    monkeypatch.setattr(screen, "suspects", lambda objects, text: 1 / 0)
    queued = [Queued(1, delivery(document("C:\\x.exe"), document("C:\\y.exe"), form="elastic_bulk"))]
    assert prepare(queued, take=taking(screens.read)).events == 2


def test_rules_that_change_are_followed():
    screens = screens_with(enabled=frozenset())
    raws = [document("C:\\x.exe")]
    queued = [Queued(1, delivery(*raws, form="elastic_bulk"))]
    assert prepare(queued, take=taking(screens.read)).events == 1
    net = book({MINATO: WardRules(EVERY_ID)}, version="2")
    screens.follow(net)
    assert (prepare(queued, take=taking(screens.read)).events, screens.quiet) == (0, 1)
    screens.follow(book_of("3", {IDS: RULES}, (), {MINATO: WardRules(IDS)}))
    assert prepare(queued, take=taking(screens.read)).events == 1


def test_the_loop_counts_quiet_documents_as_looked_at_and_stores_them(tmp_path):
    bench = Bench(tmp_path)
    raws = [document(f"C:\\{name}.exe", Computer="pc1", User="u") for name in ("whoami", "calc", "net")]
    bench.put(delivery(*raws, form="elastic_bulk", received=BEGIN))
    bench.drain()
    assert bench.detection.done.matched == 3
    assert len(bench.effects.events) == 3
    assert [rule for _ward, rule, _event_id in bench.effects.alerts] == [WHOAMI_ID]
