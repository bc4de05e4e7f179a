"""From the queue to alerts and the store: everything once, whatever happens."""

import json
import logging
import random
import time

import pytest
from django.db import OperationalError

from yui.security.soc.engine.sigma import compile_exclusion
from yui.security.soc.processing.identity import DeliveryIds
from yui.security.soc.processing.loop import Pace
from yui.security.soc.processing.preparing import prepare
from yui.security.soc.processing.rules import WardRules
from yui.security.soc.queue.contract import Queued
from yui.security.soc.tests.processing_parts import (
    BEGIN,
    EVERY_ID,
    MANY_ID,
    NET_ID,
    SECOND,
    WHOAMI_ID,
    Bench,
    FixedRules,
    Memory,
    book,
    delivery,
    event,
)
from yui.security.soc.tests.receiving import MINATO, SHINJUKU


def ids(position, one):
    own = DeliveryIds(Queued(position, one))
    return [own.of(number, raw) for number, raw in enumerate(one.raws)]


def test_a_request_sent_again_is_the_same_and_equal_lines_of_it_are_not():
    one = delivery(b"a", b"a", b"b")
    assert ids(1, one) == ids(9, one)
    assert len(set(ids(1, one))) == 3
    assert not set(ids(1, one)) & set(ids(1, delivery(b"a", b"b", ward=SHINJUKU)))
    assert not set(ids(1, one)) & set(ids(1, delivery(b"a", b"b", sender="8")))


def test_equal_syslog_messages_are_different_events_but_not_when_processing_repeats_itself():
    one = delivery(b"<34>a", b"<34>a", form="syslog", acknowledged=False)
    assert len(set(ids(1, one)) | set(ids(2, one))) == 4
    assert ids(1, one) == ids(1, one)


def test_every_piece_becomes_an_event_or_a_rejection():
    noise = [b"", b"{", b'{"event":1}', b"\xff\xfe", b'{"event":' + b"[" * 3000, event("x"), b"null", b"{}"]
    found = prepare([Queued(1, delivery(*noise)), Queued(2, delivery(b"<34>x", form="syslog"))])
    assert found.events + found.rejections == len(noise) + 1
    assert found.position == 2
    unknown = prepare([Queued(3, delivery(b"a", b"b", form="telepathy"))])
    assert (unknown.events, unknown.rejections) == (0, 2)


def test_what_the_receivers_kept_aside_is_counted_by_sender_and_reason():
    kept = delivery(b'["#1","too_long","why","sample"]', b'["#2","too_long","why",""]', form="rejected")
    found = prepare([Queued(1, kept)])
    assert {key: one.count for key, one in found.rejected.items()} == {(MINATO, "7", "too_long"): 2}


def test_events_are_stored_and_alerts_explain_themselves(tmp_path):
    bench = Bench(tmp_path)
    bench.put(delivery(event("whoami.exe", 1), event("calc.exe", 2)), delivery(event("calc.exe", 3)))
    bench.drain()
    assert len(bench.effects.events) == 3
    ((ward, rule, _event_id), fact) = next(iter(bench.effects.alerts.items()))
    assert (ward, rule, fact.host, fact.user) == (MINATO, WHOAMI_ID, "pc1", "tanaka")
    assert fact.matched[0]["field"] == "Image"
    assert fact.event_at.timestamp() == BEGIN / SECOND
    assert (bench.storage.done.stored, bench.detection.done.alerts) == (3, 1)


def test_the_alert_names_the_stored_event(tmp_path):
    bench = Bench(tmp_path)
    bench.put(delivery(event("calc.exe"), event("whoami.exe")), delivery(event("whoami.exe"), ward=SHINJUKU))
    bench.drain()
    stored = {(ward, event_id.hex()) for ward, event_id in bench.effects.events}
    assert {(ward, event_id) for ward, _rule, event_id in bench.effects.alerts} <= stored
    assert {ward for ward, _rule, _id in bench.effects.alerts} == {MINATO, SHINJUKU}


def test_each_ward_has_its_own_rules_and_exclusions(tmp_path):
    quiet = {WHOAMI_ID: [(9, compile_exclusion({"Computer": "pc1"}))]}
    rules = FixedRules(book({MINATO: WardRules(EVERY_ID, quiet), SHINJUKU: WardRules(frozenset({NET_ID}))}))
    bench = Bench(tmp_path, rules=rules)
    for ward in (MINATO, SHINJUKU, "131000"):
        bench.put(delivery(event("whoami.exe", 1), event("whoami.exe", 2), ward=ward))
    bench.drain()
    assert [(ward, rule) for ward, rule, _ in bench.effects.alerts] == [(MINATO, WHOAMI_ID)]
    assert len(bench.effects.events) == 6
    assert bench.effects.suppressed == {(MINATO, 9): 1}


def test_rules_change_without_an_event_being_lost(tmp_path):
    rules = FixedRules(book({MINATO: WardRules(frozenset({NET_ID}))}))
    bench = Bench(tmp_path, rules=rules)
    for number in range(10):
        bench.put(delivery(event("whoami.exe", number)))
        if number == 5:
            rules.book = book(version="2")
        bench.detection.step()
    bench.drain()
    assert len(bench.effects.events) == 10
    assert len(bench.effects.alerts) == 5


def test_rules_that_cannot_be_read_again_stay(tmp_path, caplog):
    bench = Bench(tmp_path)
    bench.detection.step()

    def fail(known_version):
        raise OperationalError("locked")

    bench.rules.look = fail
    bench.put(delivery(event("whoami.exe")))
    with caplog.at_level(logging.CRITICAL):
        bench.drain()
    assert len(bench.effects.alerts) == 1


def test_a_correlation_counts_over_deliveries_and_restarts(tmp_path):
    bench = Bench(tmp_path, lateness_us=10 * SECOND)
    bench.put(delivery(event("net.exe", 1, 0)), delivery(event("net.exe", 2, 10)))
    bench.drain()
    bench.die()
    bench.start()
    bench.put(
        delivery(event("net.exe", 3, 20)), delivery(event("calc.exe", 4, 100), received=BEGIN + 100 * SECOND)
    )
    bench.drain()
    assert [rule for _ward, rule, _id in bench.effects.alerts] == [MANY_ID]
    fact = next(iter(bench.effects.alerts.values()))
    assert fact.fields["event_count"] == 3


def test_a_rule_that_only_feeds_correlations_raises_nothing_alone(tmp_path):
    bench = Bench(tmp_path)
    bench.put(delivery(event("net.exe", 1)))
    bench.drain()
    assert bench.effects.alerts == {}


def run_with_kills(tmp_path, seed, pace):
    """Put deliveries, kill at random points, start again; return the effects and what must be there."""
    chance = random.Random(seed)
    bench = Bench(tmp_path, pace=pace, lateness_us=10 * SECOND)
    sent = set()
    for turn in range(30):
        raws = [
            event(chance.choice(["whoami.exe", "net.exe", "calc.exe"]), turn * 10 + n, turn) for n in range(3)
        ]
        sent.update(raws)
        bench.put(delivery(*raws))
        if chance.random() < 0.3:
            bench.put(delivery(*raws))
        for _ in range(chance.randrange(3)):
            chance.choice([bench.detection, bench.storage]).step()
        if chance.random() < 0.4:
            bench.die()
            bench.start()
    bench.now += 1000 * SECOND
    bench.drain()
    return bench, sent


@pytest.mark.parametrize("seed", range(6))
def test_killed_anywhere_nothing_is_lost_or_doubled(tmp_path, seed):
    pace = Pace(7, store_events=9, store_seconds=10, wait_seconds=0, rules_seconds=0, commit_seconds=0)
    bench, sent = run_with_kills(tmp_path, seed, pace)
    raws = [record.raw for record in bench.effects.events.values()]
    assert sorted(raws) == sorted(raw.decode() for raw in sent)
    calm = Bench(tmp_path / "calm", lateness_us=10 * SECOND)
    calm.put(*(delivery(raw) for raw in sorted(sent, key=lambda raw: json.loads(raw)["event"]["n"])))
    calm.now += 1000 * SECOND
    calm.drain()
    assert set(bench.effects.alerts) == set(calm.effects.alerts)


@pytest.mark.parametrize("name", ["store", "raise_alerts"])
def test_a_failing_store_or_alert_queue_is_tried_again_and_loses_nothing(tmp_path, name, caplog):
    effects = Memory(fail={name: [OperationalError("locked"), OSError(28, "No space left on device")]})
    bench = Bench(tmp_path, effects=effects)
    bench.put(delivery(*(event("whoami.exe", number) for number in range(5))))
    with caplog.at_level(logging.CRITICAL):
        bench.drain()
    assert (len(effects.events), len(effects.alerts)) == (5, 5)


def test_told_to_stop_while_something_fails_commits_nothing(tmp_path, caplog):
    failing = {"raise_alerts": [OperationalError("gone")] * 1000, "store": [OSError(28, "full")] * 1000}
    bench = Bench(tmp_path, effects=Memory(fail=failing))
    bench.put(delivery(event("whoami.exe")))
    looks = iter(range(1000))
    bench.around.should_stop = lambda: next(looks) % 5 > 3
    with caplog.at_level(logging.CRITICAL):
        bench.detection.run()
        bench.storage.run()
    assert (bench.effects.events, bench.effects.alerts) == ({}, {})
    bench.effects.fail.clear()
    bench.around.should_stop = lambda: False
    bench.die()
    bench.start()
    bench.drain()
    assert (len(bench.effects.events), len(bench.effects.alerts)) == (1, 1)


def test_an_event_that_cannot_be_stored_is_kept_aside_and_holds_up_nothing(tmp_path, caplog):
    bench = Bench(tmp_path, effects=Memory(poison="bad-one"))
    with caplog.at_level(logging.CRITICAL):
        bench.put(
            delivery(
                *(event("calc.exe", number, note="bad-one" if number == 7 else "") for number in range(20))
            ),
            delivery(event("whoami.exe", 1), ward=SHINJUKU),
        )
        bench.drain()
    assert len(bench.effects.events) == 20
    assert bench.effects.rejected == {(MINATO, "7", "not_storable"): 1}
    assert bench.storage.done.stored + bench.storage.done.rejected == 21


def test_an_event_that_the_rules_stumble_over_is_stored_all_the_same(tmp_path, monkeypatch, caplog):
    from yui.security.soc.processing import detecting

    real = detecting.detect

    def stumbling(rules, records):
        if any(record.fields.get("n") == 3 for record in records):
            raise ValueError("no")
        return real(rules, records)

    monkeypatch.setattr(detecting, "detect", stumbling)
    bench = Bench(tmp_path)
    bench.put(delivery(*(event("whoami.exe", number) for number in range(6))))
    with caplog.at_level(logging.CRITICAL):
        bench.drain()
    assert (len(bench.effects.events), len(bench.effects.alerts), bench.detection.done.unmatched) == (6, 5, 1)


def test_alerts_do_not_wait_for_a_store_that_fails(tmp_path):
    bench = Bench(tmp_path)
    bench.put(delivery(event("whoami.exe")))
    bench.detection.step()
    assert (len(bench.effects.alerts), len(bench.effects.events)) == (1, 0)
    bench.drain()
    assert len(bench.effects.events) == 1


def test_alerts_of_busy_moments_gather_and_none_is_committed_before_it_is_raised(tmp_path):
    pace = Pace(wait_seconds=0, alert_seconds=3600, raising_share=1e-9, commit_seconds=0)
    bench = Bench(tmp_path, pace=pace)
    bench.detection.step()
    bench.detection._commit_from = 1e18
    for number in range(5):
        bench.put(delivery(event("whoami.exe", number)))
        bench.detection.step()
    assert len(bench.effects.alerts) == 1, "after the first, they gather"
    bench.die()
    bench.start()
    bench.drain()
    assert len(bench.effects.alerts) == 5


def test_wrong_clocks_never_stop_an_alert(tmp_path):
    bench = Bench(tmp_path)
    times = ["9e30", "-5", "253402300800", "nan", "x", "1e308"]
    raws = [
        json.dumps({**json.loads(event("whoami.exe", number)), "time": text}).encode()
        for number, text in enumerate(times)
    ]
    bench.put(delivery(*raws))
    bench.drain()
    assert len(bench.effects.alerts) == len(times)


def test_what_waits_is_stored_when_nothing_more_comes_if_it_is_worth_a_file(tmp_path):
    pace = Pace(store_seconds=3600, quiet_seconds=0.05, worth_events=3, wait_seconds=0, rules_seconds=0)
    bench = Bench(tmp_path, pace=pace)
    bench.put(delivery(event("calc.exe", 0), event("calc.exe", 1)))
    bench.storage.step()
    time.sleep(0.1)
    bench.storage.step()
    assert bench.effects.events == {}
    bench.put(delivery(event("calc.exe", 2)))
    bench.storage.step()
    assert bench.effects.events == {}
    time.sleep(0.1)
    bench.storage.step()
    assert len(bench.effects.events) == 3
