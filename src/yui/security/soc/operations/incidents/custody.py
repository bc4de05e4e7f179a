"""How evidence is kept and every handling of it written down, with the hash of that moment."""

import hashlib

from yui.kernel.calendar_jp import now
from yui.kernel.exchange.storage import path_of
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.security.soc.models import CustodyAct, CustodyEntry, EvidenceFile
from yui.security.soc.operations.alerts.locking import bounded
from yui.security.soc.policies import may

LARGEST_FILE = 2 * 2**30
"""Bytes of one piece of evidence: a memory image of an ordinary computer is larger and stays outside."""


def present_hash(actor: Actor, evidence: EvidenceFile, verb: Verb) -> str:
    """Return the SHA-256 of the bytes as they lie on the disk now; empty where the file is gone.

    Call it before the operation: two gigabytes take seconds, in which on SQLite nobody else could write.

    Raises:
        PermissionRefused: when the actor may not do ``verb`` for the ward; nothing is read for him.
    """
    if not may(actor, verb, evidence.incident.organisation):
        raise PermissionRefused(actor, verb)
    try:
        with path_of(evidence.sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def write_custody(
    actor: Actor,
    evidence: EvidenceFile,
    act: CustodyAct,
    *,
    sha256: str,
    holder: str = "",
    purpose: str = "",
) -> CustodyEntry:
    """Add one handling to the chain of custody.

    Raises:
        ValidationError: for a handing-over without the new holder and the purpose.
    """
    entry = CustodyEntry(
        evidence=evidence,
        act=act,
        at=now(),
        by_id=actor.user_id,
        holder=bounded(holder, 120),
        purpose=bounded(purpose, 300),
        sha256=sha256 or "-",
        is_intact=sha256 == evidence.sha256,
    )
    save_checked(entry)
    return entry
