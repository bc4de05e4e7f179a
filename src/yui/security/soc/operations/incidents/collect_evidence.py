"""Keep a file as evidence of an incident."""

import unicodedata
from datetime import datetime
from typing import IO

from yui.kernel.calendar_jp import now
from yui.kernel.exchange.errors import ExchangeError
from yui.kernel.exchange.storage import store_file
from yui.kernel.operations import operation
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.security.soc.models import CustodyAct, EvidenceFile, Incident, Tlp
from yui.security.soc.operations.alerts.locking import bounded
from yui.security.soc.operations.incidents.custody import LARGEST_FILE, write_custody
from yui.security.soc.operations.incidents.errors import FileNotKept
from yui.security.soc.operations.incidents.locking import locked_incident, tell
from yui.security.soc.operations.incidents.stated_times import require_plausible
from yui.security.soc.policies import may


def collect_evidence(
    actor: Actor,
    *,
    incident: Incident,
    file: IO[bytes],
    name: str,
    media_type: str = "",
    description: str = "",
    tlp: str = Tlp.AMBER.value,
    collected_at: datetime | None = None,
) -> EvidenceFile:
    """Keep the bytes under their SHA-256 and begin the chain of custody; nothing is ever run or rendered.

    The bytes are written before the transaction begins, which on SQLite holds up every other writer.

    Args:
        file: read in pieces to its end.
        name: as it was called; folders and control characters are dropped.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        FileNotKept: for an empty file, one above ``LARGEST_FILE`` bytes, or a full disk.
        TimeWrong: when it was collected in the future, or too long ago.
        ValidationError: when the same bytes are evidence of this incident already.
    """
    if not may(actor, Verb.EDIT, incident.organisation):
        raise PermissionRefused(actor, Verb.EDIT)
    require_plausible(collected_at, now())
    try:
        kept = store_file(file, LARGEST_FILE)
    except ExchangeError as error:
        raise FileNotKept(error.message) from error
    evidence = EvidenceFile(
        name=plain_name(name),
        media_type=bounded(media_type[:100], 100),
        size=kept.size,
        sha256=kept.sha256,
        description=bounded(description, 500),
        tlp=tlp,
        collected_at=collected_at or now(),
        collected_by_id=actor.user_id,
    )
    return enter_evidence(actor, incident=incident, evidence=evidence)


@operation("soc.incident.collect_evidence")
def enter_evidence(actor: Actor, *, incident: Incident, evidence: EvidenceFile) -> EvidenceFile:
    """Enter a kept file into the incident.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        ValidationError: when the same bytes are evidence of this incident already.
    """
    stored = locked_incident(actor, incident)
    evidence.incident = stored
    save_checked(evidence)
    write_custody(actor, evidence, CustodyAct.COLLECTED, sha256=evidence.sha256)
    tell(
        actor,
        stored,
        "soc.incident.collect_evidence",
        "に証拠を加えました。",
        data={"evidence": evidence.pk, "sha256": evidence.sha256, "bytes": evidence.size},
    )
    return evidence


def plain_name(name: str) -> str:
    """Return the last part of a file's name, without signs that steer a terminal or the text's direction."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(" .")
    return shown[-200:] or "file"
