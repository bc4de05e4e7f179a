"""Let a ward's system send its logs."""

import ipaddress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from yui.kernel.calendar_jp import TOKYO, now, today
from yui.kernel.links import urn
from yui.kernel.operations import operation
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.registry.public import systems_by_code
from yui.security.soc.models import LogSender, SenderProof
from yui.security.soc.operations.recording import record_watched
from yui.security.soc.operations.senders.errors import AddressOverlaps, EndIsPast, SystemOfAnotherWard
from yui.security.soc.operations.senders.proofs import (
    fingerprint_of,
    network_of,
    new_token,
    require_fit,
    token_sha256,
)

WHY = "an address must mean one ward alone"


@dataclass(frozen=True)
class SenderFacts:
    """What a person states of a sender.

    Attributes:
        certificate: PEM or fingerprint, for the proof by certificate.
        address: address or network, for the proof by address.
        system_id: the ward's information system whose logs these are, if it is one.
        expires_on: the last day on which it may send; None for no end.
    """

    name: str
    proof: str
    protocols: tuple[str, ...]
    certificate: str = ""
    address: str = ""
    system_id: int | None = None
    expires_on: date | None = None


@dataclass(frozen=True)
class RegisteredSender:
    """The sender, and its token in clear: shown once, kept nowhere. Empty for other proofs."""

    sender: LogSender
    token: str


@operation("soc.sender.register")
def register_sender(actor: Actor, *, ward: Organisation, facts: SenderFacts) -> RegisteredSender:
    """Register a sender whose logs are the ward's, whatever they say of themselves.

    Raises:
        PermissionRefused: when the actor may not edit the ward's records; the joint body does not register
            senders for a ward.
        ValidationError: naming each fact that is wrong.
    """
    require(actor, Verb.EDIT, ward)
    require_fit(facts.proof, list(facts.protocols))
    if facts.expires_on is not None and facts.expires_on < today():
        raise EndIsPast
    token = new_token() if facts.proof == SenderProof.TOKEN else ""
    sender = LogSender(
        organisation=ward,
        name=facts.name,
        proof=facts.proof,
        protocols=sorted(facts.protocols),
        secret_sha256=token_sha256(token) if token else "",
        secret_hint=token[-4:],
        certificate_sha256=(
            fingerprint_of(facts.certificate) if facts.proof == SenderProof.CERTIFICATE else ""
        ),
        address=_own_network(facts.address) if facts.proof == SenderProof.ADDRESS else "",
        system_id=_own_system(actor, ward, facts.system_id),
        created_by_id=actor.user_id,
        expires_at=end_of(facts.expires_on),
    )
    sender.full_clean()
    sender.save()
    record_watched(
        actor,
        ward,
        kind="soc.sender.register",
        subject=urn("soc.sender", sender.pk),
        summary=f"ログの送信元「{sender.name}」を登録しました。",
        changes={
            "proof": [None, sender.proof],
            "protocols": [None, sender.protocols],
            "expires_at": [None, sender.expires_at],
        },
        data={"certificate_sha256": sender.certificate_sha256, "address": sender.address},
    )
    return RegisteredSender(sender, token)


def end_of(day: date | None) -> datetime | None:
    """Return the moment at which a last day is over, in Tokyo."""
    return None if day is None else datetime.combine(day + timedelta(days=1), time(0), TOKYO)


def _own_system(actor: Actor, ward: Organisation, system_id: int | None) -> int | None:
    """Return the key of one of the ward's systems.

    Raises:
        SystemOfAnotherWard: for any other system.
    """
    if system_id is not None and system_id not in {one.id for one in systems_by_code(actor, ward).values()}:
        raise SystemOfAnotherWard
    return system_id


def _own_network(text: str) -> str:
    """Return the network's canonical spelling if no other sender's range touches it.

    Raises:
        BadAddress: for what is no usable network.
        AddressOverlaps: when another active sender has some of its addresses.
    """
    written = network_of(text)
    network = ipaddress.ip_network(written)
    taken = LogSender.objects.unscoped(WHY).active_at(now()).filter(proof=SenderProof.ADDRESS)
    for other in taken.values_list("address", flat=True):
        theirs = ipaddress.ip_network(other)
        if theirs.version == network.version and theirs.overlaps(network):
            raise AddressOverlaps
    return written
