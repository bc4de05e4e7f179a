"""Processing on Yui's own database: whose rules hold, what is raised, stored and kept aside."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from yui.kernel.policy import Actor
from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.engine.triage.facts import AlertFact
from yui.security.soc.event_store.arriving import Batch
from yui.security.soc.event_store.writing import SeenIn
from yui.security.soc.models import (
    Alert,
    Level,
    LogSender,
    RejectedInput,
    RuleActivation,
    RuleExclusion,
    RuleKind,
    SeenField,
)
from yui.security.soc.operations.senders.register_sender import SenderFacts, register_sender
from yui.security.soc.operations.senders.revoke_sender import revoke_sender
from yui.security.soc.processing.database import DatabaseAlerts, DatabaseRules, DatabaseStore, ward_codes
from yui.security.soc.processing.preparing import RejectedSum
from yui.security.soc.receivers.registered import registered_senders
from yui.security.soc.receivers.senders import Protocol, SenderBook
from yui.security.soc.tests.alert_records import make_rule
from yui.security.soc.tests.processing_parts import MANY_ID, MANY_NET, NET, NET_ID, WHOAMI, WHOAMI_ID
from yui.security.soc.tests.receiving import MINATO, SHINJUKU

QUIET = """
title: Quiet
id: 44444444-4444-4444-8444-444444444444
logsource: {category: process_creation, product: windows}
filter:
  rules: [11111111-1111-4111-8111-111111111111]
  selection: {Computer: build1}
  condition: not selection
"""
QUIET_ID = "44444444-4444-4444-8444-444444444444"
NOW_US = 1_790_000_000_000_000


@pytest.fixture
def rules(soc):
    """Three rules that are on everywhere."""
    make_rule(soc, WHOAMI_ID, source=WHOAMI, level=Level.HIGH, is_default=True)
    make_rule(soc, NET_ID, source=NET, level=Level.LOW, is_default=True)
    make_rule(soc, MANY_ID, source=MANY_NET, kind=RuleKind.CORRELATION, is_default=True)


def look(tmp_path, known=""):
    return DatabaseRules(tmp_path / "rules").look(known)


def test_every_ward_has_the_default_rules_and_shares_them_compiled(rules, tmp_path):
    book = look(tmp_path)
    assert set(book.wards) == set(ward_codes())
    groups = book.groups(book.wards)
    assert [(len(compiled), len(wards)) for compiled, wards in groups] == [(2, 23)]
    assert book.is_alert(MINATO, WHOAMI_ID)
    assert not book.is_alert(MINATO, NET_ID), "it only feeds the correlation"
    assert [rule.identifier for rule in book.correlations] == [MANY_ID]


def test_a_ward_decides_for_itself_and_a_look_without_change_tells_nothing(rules, tmp_path, minato, soc):
    first = look(tmp_path)
    assert look(tmp_path, first.version) is None
    correlation = (
        RuleActivation._meta.get_field("rule").related_model.objects.unscoped("test").get(rule_id=MANY_ID)
    )
    RuleActivation.objects.create(organisation=minato, rule=correlation, is_enabled=False)
    book = look(tmp_path, first.version)
    assert book.is_alert(MINATO, NET_ID), "no correlation reads it there"
    assert not book.is_alert(SHINJUKU, NET_ID)


def test_a_filter_holds_only_where_it_is_on(rules, tmp_path, minato, soc):
    quiet = make_rule(soc, QUIET_ID, source=QUIET, kind=RuleKind.FILTER)
    RuleActivation.objects.create(organisation=minato, rule=quiet, is_enabled=True)
    book = look(tmp_path)
    trees = {
        ward: next(rule.tree for rule in book.sets[book.wards[ward].key].compiled if rule.id == WHOAMI_ID)
        for ward in (MINATO, SHINJUKU)
    }
    assert trees[MINATO] != trees[SHINJUKU]


def test_exclusions_hold_in_their_ward(rules, tmp_path, minato):
    rule = RuleExclusion._meta.get_field("rule").related_model.objects.unscoped("test").get(rule_id=WHOAMI_ID)
    exclusion = RuleExclusion.objects.create(
        organisation=minato,
        rule=rule,
        condition={"Computer": "build1"},
        reason="試験",
        expires_at=timezone.now() + timedelta(days=1),
    )
    book = look(tmp_path)
    assert book.wards[MINATO].excluded_by(WHOAMI_ID, {"Computer": "BUILD1"}) == exclusion.pk
    assert book.wards[MINATO].excluded_by(WHOAMI_ID, {"Computer": "pc1"}) is None
    assert book.wards[SHINJUKU].excluded_by(WHOAMI_ID, {"Computer": "build1"}) is None
    DatabaseAlerts().count_suppressed({(MINATO, exclusion.pk): 3})
    exclusion.refresh_from_db()
    assert exclusion.suppressed == 3


def test_alerts_are_raised_once_and_those_of_a_deleted_rule_hold_up_nothing(rules, minato):
    moment = timezone.now()
    facts = [AlertFact(rule, "ab" * 16, moment, moment) for rule in (WHOAMI_ID, "gone")]
    alerts = DatabaseAlerts()
    assert [alerts.raise_alerts(MINATO, facts) for _ in range(2)] == [1, 0]
    assert Alert.objects.owned_by(minato).count() == 1


def test_events_are_stored_once_and_their_fields_noted(minato):
    record = LogRecord(LogSource("windows", "", "sysmon"), NOW_US, {"Image": "x.exe"}, "{}", "1#0")
    store = DatabaseStore()
    results = [store.store([Batch(MINATO, [record], [NOW_US], [b"i" * 16])]) for _ in range(2)]
    assert [(one.stored, one.duplicates) for one in results] == [(1, 0), (0, 1)]
    for _ in range(2):
        store.note_fields([*results[0].new_fields, SeenIn(MINATO, record.source, "長" * 300)])
    assert SeenField.objects.owned_by(minato).filter(field="Image", service="sysmon").count() == 1


def test_a_field_that_still_comes_is_noted_anew_once_a_day(minato):
    day = [date(2026, 11, 1)]
    store = DatabaseStore(lambda: day[0])

    def take(number):
        record = LogRecord(LogSource("windows", "", "sysmon"), NOW_US, {"Image": "x.exe"}, "{}", "1#0")
        result = store.store([Batch(MINATO, [record], [NOW_US], [bytes([number]) * 16])])
        store.note_fields(result.new_fields)
        return [one.field for one in result.new_fields]

    assert [take(1), take(2)] == [["Image"], []]
    day[0] = date(2026, 11, 3)
    assert [take(2), take(3), take(4)] == [[], ["Image"], []]
    seen = SeenField.objects.owned_by(minato).get()
    assert (seen.first_seen, seen.last_seen) == (date(2026, 11, 1), date(2026, 11, 3))


def test_what_is_no_event_is_counted_by_sender_and_reason(minato):
    facts = SenderFacts("試験", "token", ("hec",))
    sender = register_sender(Actor.system("test"), ward=minato, facts=facts).sender
    for _ in range(2):
        DatabaseStore().count_rejected(
            {
                (MINATO, str(sender.pk), "not_json"): RejectedSum(3, "why", "sample\0"),
                (MINATO, "unknown", "too_long"): RejectedSum(1, "why", ""),
            }
        )
    counts = RejectedInput.objects.owned_by(minato).values_list("sender", "reason", "count")
    assert sorted(counts, key=str) == sorted([(sender.pk, "not_json", 6), (None, "too_long", 2)], key=str)
    DatabaseStore().note_senders([str(sender.pk), "unknown"], NOW_US)
    assert LogSender.objects.owned_by(minato).get().last_seen_at.year == 2026


def test_registered_senders_are_known_to_the_receivers_until_they_are_revoked(minato, shinjuku):
    system = Actor.system("test")
    one = register_sender(system, ward=minato, facts=SenderFacts("a", "token", ("hec", "otlp")))
    register_sender(
        system, ward=shinjuku, facts=SenderFacts("b", "address", ("syslog",), address="10.1.0.0/16")
    )
    book = SenderBook(registered_senders())
    assert book.by_token(one.token, Protocol.HEC).ward == MINATO
    assert book.by_token(one.token, Protocol.ELASTIC) is None
    assert book.by_token(one.token + "x", Protocol.HEC) is None
    assert book.by_address("::ffff:10.1.2.3", Protocol.SYSLOG).ward == SHINJUKU
    assert book.by_address("10.2.0.1", Protocol.SYSLOG) is None
    revoke_sender(system, sender=one.sender)
    assert SenderBook(registered_senders()).by_token(one.token, Protocol.HEC) is None
