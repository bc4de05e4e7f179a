"""Decisions about rules: who may make them, what they need, and what the streaming process then sees."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from yui.kernel.calendar_jp import now, today
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import Actor, PermissionRefused
from yui.security.soc.models import DetectionRule, Entrustment, RuleActivation, RuleExclusion, RuleTrial
from yui.security.soc.operations.rules.add_exclusion import LONGEST_DAYS, add_exclusion
from yui.security.soc.operations.rules.conditions import ConditionRow, condition_in_words, condition_of
from yui.security.soc.operations.rules.count_suppressed import count_suppressed
from yui.security.soc.operations.rules.decide_rules import decide_rules
from yui.security.soc.operations.rules.default_rules import default_rules
from yui.security.soc.operations.rules.measure_coverage import event_rules, measure_coverage
from yui.security.soc.operations.rules.record_trial import TrialFacts, record_trial
from yui.security.soc.operations.rules.restore_rule import restore_rule
from yui.security.soc.operations.rules.retire_rule import retire_rule
from yui.security.soc.operations.rules.withdraw_exclusion import withdraw_exclusion
from yui.security.soc.queries.rules.active_rules import active_rules, rules_version
from yui.security.soc.queries.rules.coverage import attack_matrix, coverage_of
from yui.security.soc.tests.rule_data import add_rules, see_fields

WEEK = timedelta(days=7)


@pytest.fixture
def rules(system_actor, organisations):
    return add_rules(system_actor, "mimikatz", "whoami")


@pytest.fixture
def entrusted(minato, soc):
    return Entrustment.objects.create(organisation=minato, body=soc, valid_from=today())


def on_in(ward):
    return [rule.rule_id for rule in active_rules(ward).rules]


def test_a_ward_decides_for_itself(alice, actor_of, minato, shinjuku, rules):
    assert decide_rules(actor_of(alice), ward=minato, rules=rules, is_enabled=True, reason="試験済み") == 2
    assert on_in(minato) == sorted(rule.rule_id for rule in rules)
    assert on_in(shinjuku) == []
    assert decide_rules(actor_of(alice), ward=minato, rules=rules, is_enabled=True, reason="同じ") == 0
    assert decide_rules(actor_of(alice), ward=minato, rules=rules[:1], is_enabled=False) == 1
    assert on_in(minato) == [rules[1].rule_id]


def test_each_decision_is_told_in_the_wards_own_chain(alice, actor_of, minato, rules):
    decide_rules(actor_of(alice), ward=minato, rules=rules, is_enabled=True, reason="試験済み")
    entries = Entry.objects.filter(verb="soc.rule.decide")
    assert {entry.organisation_code for entry in entries} == {"131032"}
    assert entries.count() == 3


@pytest.mark.parametrize("person", ["bob", "audrey", "charlie", "jun"])
def test_others_decide_nothing_for_the_ward(request, person, actor_of, minato, rules):
    with pytest.raises(PermissionRefused):
        decide_rules(
            actor_of(request.getfixturevalue(person)), ward=minato, rules=rules, is_enabled=True, reason="x"
        )
    assert not RuleActivation.objects.unscoped("test").exists()


def test_the_watching_body_decides_for_the_ward(jun, actor_of, minato, rules, entrusted):
    assert decide_rules(actor_of(jun), ward=minato, rules=rules, is_enabled=True, reason="委任") == 2


def test_an_untried_rule_asks_for_a_reason(alice, actor_of, minato, shinjuku, rules):
    actor = actor_of(alice)
    with pytest.raises(ValidationError) as refused:
        decide_rules(actor, ward=minato, rules=rules[:1], is_enabled=True)
    assert "reason" in refused.value.message_dict
    tried = TrialFacts(since=now() - WEEK, until=now(), events=10, matches=1, hosts=1)
    record_trial(actor, ward=minato, rule=rules[0], facts=tried)
    assert decide_rules(actor, ward=minato, rules=rules[:1], is_enabled=True) == 1
    DetectionRule.objects.unscoped("test").update(sha256="0" * 64)
    rules[0].refresh_from_db()
    decide_rules(actor, ward=minato, rules=rules[:1], is_enabled=False)
    with pytest.raises(ValidationError):
        decide_rules(actor, ward=minato, rules=rules[:1], is_enabled=True)


def test_a_default_holds_where_the_ward_decided_nothing(jun, alice, actor_of, minato, shinjuku, rules):
    assert default_rules(actor_of(jun), rules=rules, is_default=True, reason="共通") == 2
    decide_rules(actor_of(alice), ward=minato, rules=rules[:1], is_enabled=False)
    assert on_in(minato) == [rules[1].rule_id]
    assert len(on_in(shinjuku)) == 2
    with pytest.raises(PermissionRefused):
        default_rules(actor_of(alice), rules=rules, is_default=False)


def test_what_cannot_run_is_not_turned_on(alice, jun, actor_of, minato, rules):
    DetectionRule.objects.unscoped("test").filter(pk=rules[0].pk).update(unsupported="no / なし")
    rules[0].refresh_from_db()
    with pytest.raises(ValidationError):
        decide_rules(actor_of(alice), ward=minato, rules=rules, is_enabled=True, reason="x")
    with pytest.raises(ValidationError):
        default_rules(actor_of(jun), rules=rules, is_default=True, reason="x")


def test_a_retired_rule_detects_nowhere_until_it_is_brought_back(jun, alice, actor_of, minato, rules):
    default_rules(actor_of(jun), rules=rules, is_default=True, reason="共通")
    with pytest.raises(ValidationError):
        retire_rule(actor_of(jun), rule=rules[0], reason=" ")
    with pytest.raises(PermissionRefused):
        retire_rule(actor_of(alice), rule=rules[0], reason="古い")
    retire_rule(actor_of(jun), rule=rules[0], reason="古い")
    assert on_in(minato) == [rules[1].rule_id]
    with pytest.raises(ValidationError):
        retire_rule(actor_of(jun), rule=rules[0], reason="古い")
    assert restore_rule(actor_of(jun), rule=rules[0])
    assert on_in(minato) == [rules[1].rule_id], "it stays off until somebody turns it on"
    assert not restore_rule(actor_of(jun), rule=rules[0])


def exclude(actor, ward, rule, **changes):
    plain = {
        "condition": {"Image|endswith": "\\backup.exe", "Computer": "PC-1"},
        "reason": "バックアップの定期実行",
        "expires_on": today() + timedelta(days=30),
    }
    return add_exclusion(actor, ward=ward, rule=rule, **(plain | changes))


def test_an_exclusion_reaches_the_stream_and_ends(alice, actor_of, minato, shinjuku, rules):
    made = exclude(actor_of(alice), minato, rules[0])
    (active,) = active_rules(minato).exclusions
    assert (active.pk, active.rule_id, active.condition) == (made.pk, rules[0].rule_id, made.condition)
    assert active_rules(minato).expires_at == made.expires_at
    assert active_rules(shinjuku).exclusions == ()
    count_suppressed_by(made, 3)
    withdraw_exclusion(actor_of(alice), exclusion=made)
    assert active_rules(minato).exclusions == ()
    with pytest.raises(ValidationError):
        withdraw_exclusion(actor_of(alice), exclusion=made)


def count_suppressed_by(exclusion, number):
    count_suppressed(Actor.system("test"), ward=exclusion.organisation, counts={exclusion.pk: number})
    exclusion.refresh_from_db()
    assert exclusion.suppressed == number


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": "  "},
        {"expires_on": today()},
        {"expires_on": today() + timedelta(days=LONGEST_DAYS + 1)},
        {"condition": {}},
        {"condition": {"Image": "*"}},
        {"condition": {"Image": ""}},
        {"condition": {"Image|nosuch": "a"}},
        {"condition": {"Image|re": "("}},
        {"condition": {"Image": "a" * 5000}},
        {"condition": {f"F{n}": "a" for n in range(20)}},
        {"condition": {"condition": "selection"}},
    ],
)
def test_an_exclusion_without_sense_is_refused(changes, alice, actor_of, minato, rules):
    with pytest.raises(ValidationError):
        exclude(actor_of(alice), minato, rules[0], **changes)
    assert not RuleExclusion.objects.unscoped("test").exists()


@pytest.mark.parametrize("person", ["bob", "charlie", "jun"])
def test_others_tune_nothing_out(request, person, alice, actor_of, minato, rules):
    other = actor_of(request.getfixturevalue(person))
    with pytest.raises(PermissionRefused):
        exclude(other, minato, rules[0])
    made = exclude(actor_of(alice), minato, rules[0])
    with pytest.raises(PermissionRefused):
        withdraw_exclusion(other, exclusion=made)


def test_rows_of_a_form_become_a_condition():
    rows = [
        ConditionRow("Image", "endswith", ("\\a.exe", "\\b.exe")),
        ConditionRow("", "", ()),
        ConditionRow("User", "", ("root",)),
    ]
    condition = condition_of(rows)
    assert condition == {"Image|endswith": ["\\a.exe", "\\b.exe"], "User": "root"}
    assert condition_in_words(condition)[0] == ("Image", "endswith", "\\a.exe")
    for bad in ([], [ConditionRow("", "", ("a",))], [ConditionRow("a|b", "", ("a",))], [rows[0], rows[0]],
                [ConditionRow("a", "", ())], [ConditionRow("condition", "", ("a",))]):  # fmt: skip
        with pytest.raises(ValidationError):
            condition_of(bad)


def test_the_stamp_changes_with_everything_that_detects(
    jun, alice, actor_of, minato, shinjuku, rules, system_actor
):
    stamps = [rules_version(minato)]

    def changed():
        stamps.append(rules_version(minato))
        return stamps[-1] != stamps[-2]

    default_rules(actor_of(jun), rules=rules, is_default=True, reason="共通")
    assert changed()
    decide_rules(actor_of(alice), ward=minato, rules=rules[:1], is_enabled=False)
    assert changed()
    made = exclude(actor_of(alice), minato, rules[0])
    assert changed()
    RuleExclusion.objects.unscoped("test").filter(pk=made.pk).update(
        created_at=datetime(2026, 1, 1, tzinfo=UTC), expires_at=now() - timedelta(seconds=1)
    )
    assert changed(), "an exclusion that ended by the clock changes the stamp too"
    retire_rule(actor_of(jun), rule=rules[0], reason="古い")
    assert changed()
    add_rules(system_actor, "mimikatz", level="low")
    assert changed()
    assert not changed()
    other = rules_version(shinjuku)
    decide_rules(actor_of(alice), ward=minato, rules=rules[1:], is_enabled=False)
    assert rules_version(shinjuku) == other
    assert changed()


def test_active_rules_cost_few_queries(minato, system_actor, jun, actor_of, organisations):
    rules = add_rules(system_actor, *(f"tool{number}" for number in range(30)))
    default_rules(actor_of(jun), rules=rules, is_default=True, reason="共通")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(active_rules(minato).texts) == 30
    assert len(queries) <= 6


def test_the_database_itself_keeps_unsupported_rules_off(rules):
    with pytest.raises(IntegrityError):
        DetectionRule.objects.unscoped("test").update(unsupported="no", is_default=True)


def test_coverage_tells_blind_rules_and_the_matrix(alice, jun, actor_of, minato, rules, system_actor):
    default_rules(actor_of(jun), rules=rules, is_default=True, reason="共通")
    alice = actor_of(alice)

    def state():
        cells = {
            c.technique.identifier: c
            for column in attack_matrix(alice, [minato], coverage_of(alice, [minato]))
            for c in column.cells
        }
        return cells["T1059"].state, cells["T1486"].state

    assert state() == ("blind", "none"), "what was never looked at does not count as seen"
    measure_coverage(system_actor, ward=minato, rules=event_rules())
    found = coverage_of(alice, [minato])[minato.pk]
    assert found.blind[rules[0].rule_id] == ("Image",)
    assert state()[0] == "blind"
    see_fields(minato, "Image", "EventID", "Channel")
    measure_coverage(system_actor, ward=minato, rules=event_rules())
    assert coverage_of(alice, [minato])[minato.pk].blind == {}
    assert state()[0] == "seeing"
    default_rules(actor_of(jun), rules=rules, is_default=False)
    assert state()[0] == "off"


def test_a_trial_is_the_wards(alice, charlie, actor_of, minato, rules):
    facts = TrialFacts(
        since=now() - WEEK, until=now(), events=5, matches=2, hosts=1, examples=[{"host": "a"}]
    )
    with pytest.raises(PermissionRefused):
        record_trial(actor_of(charlie), ward=minato, rule=rules[0], facts=facts)
    trial = record_trial(actor_of(alice), ward=minato, rule=rules[0], facts=facts)
    assert trial.rule_sha256 == rules[0].sha256
    assert not RuleTrial.objects.visible_to(actor_of(charlie)).exists()
