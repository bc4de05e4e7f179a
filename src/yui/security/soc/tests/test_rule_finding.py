"""Links, search and the API of rules and senders keep within what the reader may see."""

from datetime import timedelta

import pytest

from yui.kernel.calendar_jp import now
from yui.kernel.policy import Actor
from yui.security.soc import finding_rules
from yui.security.soc.models import LogSender, RuleExclusion
from yui.security.soc.operations.rules.default_rules import default_rules
from yui.security.soc.operations.senders.register_sender import SenderFacts, register_sender
from yui.security.soc.tests.rule_data import add_rules

SECRET = "秘密の送信元"


@pytest.fixture
def rules(system_actor, organisations):
    return add_rules(system_actor, "mimikatz", "whoami")


@pytest.fixture
def sender(system_actor, minato):
    facts = SenderFacts(name=SECRET, proof="token", protocols=("hec",))
    return register_sender(system_actor, ward=minato, facts=facts)


@pytest.fixture
def exclusion(minato, rules):
    return RuleExclusion.objects.create(
        organisation=minato,
        rule=rules[0],
        condition={"a": "b"},
        reason=SECRET,
        expires_at=now() + timedelta(9),
    )


def resolved(kind, record, actor):
    return finding_rules.RESOLVERS[kind]([str(record.pk), "x", "9" * 30], actor)


def test_links_lead_to_visible_records_alone(alice, charlie, actor_of, rules, sender, exclusion):
    for kind, record in (("soc.sender", sender.sender), ("soc.exclusion", exclusion)):
        assert len(resolved(kind, record, actor_of(alice))) == 1
        assert resolved(kind, record, actor_of(charlie)) == {}
    assert len(resolved("soc.rule", rules[0], actor_of(charlie))) == 1
    assert all(resolver(["1"], Actor.anonymous()) == {} for resolver in finding_rules.RESOLVERS.values())


def test_search_reads_rules_and_senders_without_their_secrets(rules, sender):
    assert len(list(finding_rules.rule_documents(None))) == 2
    assert finding_rules.one_rule(str(rules[0].pk)).title == "Use of mimikatz"
    (document,) = finding_rules.sender_documents(None)
    assert document.visibility == "own" and document.organisation_code == "131032"
    stored = LogSender.objects.unscoped("test").get()
    assert stored.secret_sha256 not in repr(document)
    assert finding_rules.one_sender("987") is None


def ask(client, path):
    return client.get(f"/api/v1/soc{path}")


def test_the_api_shows_authors_and_hides_proofs(
    alice, charlie, jun, actor_of, client_of, rules, sender, exclusion
):
    default_rules(actor_of(jun), rules=rules[:1], is_default=True, reason="共通")
    own, other = client_of(alice), client_of(charlie)
    listed = ask(own, "/rules").json()
    assert listed["count"] == 2 and {item["author"] for item in listed["items"]} == {"A. Author"}
    assert "mimikatz.exe" in ask(other, f"/rules/{rules[0].pk}").json()["source"]
    assert ask(own, "/rules/active?ward=131032").json()["rule_ids"] == [rules[0].rule_id]
    assert ask(other, "/rules/active?ward=131032").status_code == 404
    assert ask(own, "/senders").json()["items"][0]["name"] == SECRET
    assert sender.sender.secret_sha256 not in ask(own, "/senders").content.decode()
    assert ask(own, "/exclusions").json()["items"][0]["reason"] == SECRET
    for path in ("/senders", "/exclusions"):
        assert ask(other, path).json()["count"] == 0
