"""Senders: who may register them, what proves them, and that they can only be one ward's."""

import base64
import hashlib
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from yui.kernel.calendar_jp import now, today
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import PermissionRefused
from yui.security.soc.models import Entrustment, LogSender, RejectedInput
from yui.security.soc.operations.senders.count_rejected import RejectedCount, count_rejected
from yui.security.soc.operations.senders.proofs import fingerprint_of, network_of, token_sha256
from yui.security.soc.operations.senders.register_sender import SenderFacts, register_sender
from yui.security.soc.operations.senders.renew_token import renew_token
from yui.security.soc.operations.senders.revoke_sender import revoke_sender
from yui.security.soc.queries.senders.sender_of import (
    note_seen,
    sender_by_address,
    sender_by_certificate,
    sender_by_token,
)

FINGERPRINT = "ab" * 32


def facts(**changes):
    plain = {"name": "AD監査サーバー", "proof": "token", "protocols": ("hec", "elastic")}
    return SenderFacts(**(plain | changes))


@pytest.fixture
def registered(alice, actor_of, minato):
    return register_sender(actor_of(alice), ward=minato, facts=facts())


@pytest.fixture
def entrusted(minato, soc):
    return Entrustment.objects.create(organisation=minato, body=soc, valid_from=today())


def test_a_token_is_told_once_and_kept_as_its_hash(registered):
    token = registered.token
    assert token.startswith("yui_") and len(token) > 40
    stored = LogSender.objects.unscoped("test").get()
    assert stored.secret_sha256 == hashlib.sha256(token.encode()).hexdigest()
    assert token not in repr(vars(stored))
    assert stored.secret_hint == token[-4:]
    assert token not in "".join(entry.payload for entry in Entry.objects.all())


def test_a_token_leads_to_its_ward(registered):
    known = sender_by_token(token_sha256(registered.token))
    assert (known.ward_code, known.protocols) == ("131032", {"hec", "elastic"})
    assert known.accepts("hec") and not known.accepts("otlp")
    assert sender_by_token(token_sha256("yui_other")) is None
    assert sender_by_token("") is None


@pytest.mark.parametrize("person", ["bob", "audrey", "charlie", "jun"])
def test_others_register_nothing_for_the_ward(request, person, actor_of, minato, entrusted):
    with pytest.raises(PermissionRefused):
        register_sender(actor_of(request.getfixturevalue(person)), ward=minato, facts=facts())
    assert not LogSender.objects.unscoped("test").exists()


def test_a_stopped_sender_is_unknown(registered, alice, actor_of):
    revoke_sender(actor_of(alice), sender=registered.sender, reason="撤去")
    assert sender_by_token(token_sha256(registered.token)) is None
    with pytest.raises(ValidationError):
        revoke_sender(actor_of(alice), sender=registered.sender)


def test_the_watching_body_may_stop_but_strangers_may_not(registered, jun, charlie, actor_of, entrusted):
    with pytest.raises(PermissionRefused):
        revoke_sender(actor_of(charlie), sender=registered.sender)
    revoke_sender(actor_of(jun), sender=registered.sender)
    registered.sender.refresh_from_db()
    assert registered.sender.revoked_at is not None


def test_an_ended_sender_is_unknown(registered):
    LogSender.objects.unscoped("test").update(expires_at=now() - timedelta(seconds=1))
    assert sender_by_token(token_sha256(registered.token)) is None


def test_a_sender_lasts_through_its_last_day(alice, actor_of, minato):
    sender = register_sender(actor_of(alice), ward=minato, facts=facts(expires_on=today())).sender
    assert sender.expires_at > now()
    with pytest.raises(ValidationError):
        register_sender(
            actor_of(alice), ward=minato, facts=facts(name="x", expires_on=today() - timedelta(days=1))
        )


def test_a_new_token_replaces_the_old_one(registered, alice, actor_of):
    token = renew_token(actor_of(alice), sender=registered.sender)
    assert sender_by_token(token_sha256(token)) is not None
    assert sender_by_token(token_sha256(registered.token)) is None


def test_a_certificate_leads_to_its_ward(alice, actor_of, minato):
    written = "SHA256 Fingerprint=" + ":".join(["AB"] * 32)
    made = register_sender(
        actor_of(alice),
        ward=minato,
        facts=facts(proof="certificate", protocols=("syslog",), certificate=written),
    )
    assert made.token == ""
    assert sender_by_certificate(FINGERPRINT).pk == made.sender.pk
    assert sender_by_certificate("cd" * 32) is None


def test_a_certificate_serves_one_sender_only(alice, charlie, actor_of, minato, shinjuku):
    stated = facts(proof="certificate", protocols=("syslog",), certificate=FINGERPRINT)
    register_sender(actor_of(alice), ward=minato, facts=stated)
    with pytest.raises(ValidationError):
        register_sender(actor_of(charlie), ward=shinjuku, facts=stated)


def test_a_pem_certificate_gives_the_fingerprint_of_its_der():
    body = b"\x30\x82\x01\x00" + bytes(256)
    pem = f"-----BEGIN CERTIFICATE-----\n{base64.encodebytes(body).decode()}-----END CERTIFICATE-----\n"
    assert fingerprint_of(f"Subject: x\n{pem}") == hashlib.sha256(body).hexdigest()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "ab" * 31,
        "-----BEGIN CERTIFICATE-----\n????\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
    ],
)
def test_what_is_no_certificate_is_refused(text):
    with pytest.raises(ValidationError):
        fingerprint_of(text)


def test_an_address_leads_to_its_ward(alice, actor_of, minato):
    stated = facts(proof="address", protocols=("syslog",), address="192.0.2.7/24")
    made = register_sender(actor_of(alice), ward=minato, facts=stated)
    assert made.sender.address == "192.0.2.0/24"
    assert sender_by_address("192.0.2.200").ward_code == "131032"
    assert sender_by_address("::ffff:192.0.2.200").ward_code == "131032"
    assert sender_by_address("192.0.3.1") is None
    assert sender_by_address("no address") is None


def test_an_address_never_means_two_wards(alice, charlie, actor_of, minato, shinjuku):
    first = facts(proof="address", protocols=("syslog",), address="192.0.2.0/24")
    made = register_sender(actor_of(alice), ward=minato, facts=first)
    inside = facts(proof="address", protocols=("syslog",), address="192.0.2.9")
    with pytest.raises(ValidationError):
        register_sender(actor_of(charlie), ward=shinjuku, facts=inside)
    revoke_sender(actor_of(alice), sender=made.sender)
    register_sender(actor_of(charlie), ward=shinjuku, facts=inside)


@pytest.mark.parametrize("text", ["0.0.0.0/0", "10.0.0.0/8", "::/0", "300.1.1.1", "host.example"])
def test_addresses_that_mean_too_much_or_nothing_are_refused(text):
    with pytest.raises(ValidationError):
        network_of(text)


@pytest.mark.parametrize(
    ("proof", "protocols"), [("token", ("syslog",)), ("address", ("hec",)), ("token", ("hec", "syslog"))]
)
def test_a_proof_serves_only_its_protocols(proof, protocols, alice, actor_of, minato):
    with pytest.raises(ValidationError):
        register_sender(
            actor_of(alice), ward=minato, facts=facts(proof=proof, protocols=protocols, address="192.0.2.1")
        )


def test_when_senders_were_heard_is_remembered(registered):
    moment = now()
    note_seen([registered.sender.pk], moment)
    registered.sender.refresh_from_db()
    assert registered.sender.last_seen_at == moment


def test_refused_input_is_counted_by_reason_and_day(registered, system_actor, minato):
    for number in (3, 4):
        count_rejected(
            system_actor,
            ward=minato,
            sender=registered.sender,
            rejected={"not_json": RejectedCount(number, "JSONではない", "a\x00b"), "none": RejectedCount(0)},
        )
    count_rejected(system_actor, ward=minato, rejected={"not_json": RejectedCount(1)})
    rows = RejectedInput.objects.unscoped("test").order_by("-count")
    assert [(row.reason, row.count, row.sender_id is None) for row in rows] == [
        ("not_json", 7, False),
        ("not_json", 1, True),
    ]
    assert "\x00" not in rows[0].sample


def test_a_sender_may_name_only_a_system_of_its_ward(alice, actor_of, minato):
    with pytest.raises(ValidationError) as refused:
        register_sender(actor_of(alice), ward=minato, facts=facts(system_id=987654))
    assert "system_id" in refused.value.message_dict
