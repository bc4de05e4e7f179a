"""The pages of senders and of the entrustment: the token is shown once, and no ward sees another's."""

from datetime import timedelta

import pytest
from django.urls import reverse

from yui.kernel.calendar_jp import now, today
from yui.security.soc.models import Entrustment, LogSender
from yui.security.soc.operations.senders.count_rejected import RejectedCount, count_rejected
from yui.security.soc.operations.senders.entrust_watch import EntrustmentFacts, entrust_watch
from yui.security.soc.operations.senders.proofs import token_sha256
from yui.security.soc.operations.senders.register_sender import SenderFacts, register_sender
from yui.security.soc.queries.senders.sender_of import sender_by_token
from yui.security.soc.queries.senders.snippets import snippets

SECRET = "秘密のサーバー"


@pytest.fixture
def made(system_actor, minato):
    facts = SenderFacts(name=SECRET, proof="token", protocols=("hec", "elastic", "otlp"))
    return register_sender(system_actor, ward=minato, facts=facts)


@pytest.fixture
def entrusted(minato, soc):
    return Entrustment.objects.create(organisation=minato, body=soc, valid_from=today())


@pytest.mark.parametrize("person", ["alice", "bob", "audrey", "charlie", "jun"])
def test_lists_show_only_their_own(request, person, client_of, made):
    text = client_of(request.getfixturevalue(person)).get(reverse("soc:senders"))
    assert text.status_code == 200
    assert (SECRET in text.content.decode()) == (person in {"alice", "bob", "audrey"})


@pytest.mark.parametrize("person", ["charlie", "jun"])
def test_anothers_sender_is_not_there(request, person, client_of, made):
    client = client_of(request.getfixturevalue(person))
    assert client.get(made.sender.get_absolute_url()).status_code == 404
    for name in ("sender-revoke", "sender-renew"):
        assert client.post(reverse(f"soc:{name}", args=[made.sender.pk])).status_code == 404


def form(**changes):
    return {"name": "AD", "proof": "token", "protocols": ["hec"]} | changes


def test_a_registration_shows_the_token_once(client_of, alice, organisations):
    client = client_of(alice)
    answer = client.post(reverse("soc:sender-new"), form())
    assert answer.status_code == 201 and "no-store" in answer["Cache-Control"]
    sender = LogSender.objects.unscoped("test").get()
    text = answer.content.decode()
    token = text.partition('id="new-token">')[2].partition("<")[0]
    assert sender_by_token(token_sha256(token)).pk == sender.pk
    assert f"Splunk_Token {token}" in text
    later = client.get(sender.get_absolute_url()).content.decode()
    assert token not in later and token[-4:] in later


@pytest.mark.parametrize(
    "changes",
    [{"name": ""}, {"protocols": []}, {"protocols": ["syslog"]}, {"proof": "certificate"},
     {"proof": "address", "protocols": ["syslog"], "address": "10.0.0.0/8"}, {"proof": "odd"},
     {"expires_on": "2020-01-01"}],
)  # fmt: skip
def test_a_wrong_form_is_shown_again(changes, client_of, alice, organisations):
    answer = client_of(alice).post(reverse("soc:sender-new"), form(**changes))
    assert answer.status_code == 422
    assert not LogSender.objects.unscoped("test").exists()


@pytest.mark.parametrize("person", ["bob", "jun"])
def test_who_edits_no_ward_registers_nothing(request, person, client_of, organisations):
    client = client_of(request.getfixturevalue(person))
    assert client.get(reverse("soc:sender-new")).status_code == 404
    assert client.post(reverse("soc:sender-new"), form()).status_code == 404


def test_stopping_and_renewing(client_of, alice, bob, made):
    renew, revoke = (
        reverse(f"soc:{name}", args=[made.sender.pk]) for name in ("sender-renew", "sender-revoke")
    )
    assert client_of(bob).post(renew).status_code == 403
    assert client_of(bob).post(revoke).status_code == 403
    client = client_of(alice)
    assert "new-token" in client.post(renew).content.decode()
    assert client.post(revoke, {"reason": "撤去"}).status_code == 302
    assert client.post(revoke).status_code == 422
    assert client.post(renew, follow=True).status_code == 200
    assert "止めた" in client.get(made.sender.get_absolute_url()).content.decode()


def test_refused_input_and_silence_are_told(client_of, alice, system_actor, made, minato):
    refused = {"not_json": RejectedCount(12, "JSONではありません / not JSON", "<script>alert(1)</script>")}
    count_rejected(system_actor, ward=minato, sender=made.sender, rejected=refused)
    text = client_of(alice).get(made.sender.get_absolute_url()).content.decode()
    assert "not_json" in text and "&lt;script&gt;" in text and "<script>alert" not in text
    listed = client_of(alice).get(reverse("soc:senders")).content.decode()
    assert "一度も届いていません" in listed
    LogSender.objects.unscoped("test").update(last_seen_at=now())
    assert "届いていない送信元があります" not in client_of(alice).get(reverse("soc:senders")).content.decode()
    assert SECRET in client_of(alice).get(reverse("soc:senders"), {"state": "heard"}).content.decode()
    LogSender.objects.unscoped("test").update(last_seen_at=now() - timedelta(hours=2))
    assert SECRET in client_of(alice).get(reverse("soc:senders"), {"state": "silent"}).content.decode()


@pytest.mark.parametrize("proof", ["token", "certificate", "address"])
def test_examples_fit_the_proof(proof):
    found = snippets("soc.example", proof, ["syslog", "hec", "elastic", "otlp"], "yui_TOKEN")
    assert {one.program for one in found} == {
        "token": {"rsyslog", "syslog-ng", "Winlogbeat", "Fluent Bit", "curl", "OpenTelemetry Collector"},
        "certificate": {"rsyslog", "syslog-ng"},
        "address": {"rsyslog"},
    }[proof]
    assert all("soc.example" in one.text for one in found)


def entrust_form(**changes):
    return {"valid_from": today().isoformat(), "minimum_wards": "3", "shares_sightings": "on"} | changes


def test_an_administrator_entrusts_the_watch(client_of, anna, alice, jun, made):
    address = reverse("soc:entrustment")
    assert client_of(alice).post(address, entrust_form()).status_code == 403
    assert client_of(jun).get(address).status_code == 404
    client = client_of(anna)
    assert client.post(address, entrust_form(minimum_wards="1")).status_code == 422
    assert client.post(address, entrust_form()).status_code == 302
    assert client_of(jun).get(made.sender.get_absolute_url()).status_code == 200
    assert client.post(address, entrust_form()).status_code == 422, "it is entrusted already"
    one = Entrustment.objects.unscoped("test").get()
    change = reverse("soc:entrustment-change", args=[one.pk])
    assert client_of(alice).post(change, {"minimum_wards": "5"}).status_code == 403
    client.post(change, {"minimum_wards": "5"})
    client.post(change, {"minimum_wards": "1"})
    one.refresh_from_db()
    assert (one.minimum_wards, one.shares_sightings) == (5, False)


def test_an_ended_entrustment_closes_the_ward_again(client_of, anna, jun, charlie, entrusted, made):
    change = reverse("soc:entrustment-change", args=[entrusted.pk])
    assert client_of(charlie).post(change, {"end": "1", "last_day": "2026-01-01"}).status_code == 404
    client_of(anna).post(change, {"end": "1", "last_day": today().isoformat()})
    assert client_of(jun).get(made.sender.get_absolute_url()).status_code == 200, "through the last day"
    Entrustment.objects.unscoped("test").update(
        valid_from=today() - timedelta(days=9), valid_until=today() - timedelta(days=1)
    )
    assert client_of(jun).get(made.sender.get_absolute_url()).status_code == 404


def test_entrusting_twice_at_once_is_refused(anna, actor_of, minato, organisations):
    facts = EntrustmentFacts(valid_from=today(), valid_until=today() + timedelta(days=9))
    entrust_watch(actor_of(anna), ward=minato, facts=facts)
    later = EntrustmentFacts(valid_from=today() + timedelta(days=10))
    entrust_watch(actor_of(anna), ward=minato, facts=later)
    assert Entrustment.objects.unscoped("test").count() == 2
