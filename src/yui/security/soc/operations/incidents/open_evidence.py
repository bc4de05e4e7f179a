"""Take a piece of evidence out to look at it."""

from dataclasses import dataclass
from pathlib import Path

from yui.kernel.exchange.storage import path_of
from yui.kernel.operations import operation
from yui.kernel.policy import Actor, Verb
from yui.security.soc.models import CustodyAct, EvidenceFile
from yui.security.soc.operations.incidents.custody import present_hash, write_custody
from yui.security.soc.operations.incidents.locking import tell
from yui.security.soc.policies import require_watch


@dataclass(frozen=True)
class OpenedEvidence:
    """Where the bytes lie; ``path`` is None where they are gone or no longer those that were collected."""

    path: Path | None


def open_evidence(actor: Actor, *, evidence: EvidenceFile, purpose: str = "") -> OpenedEvidence:
    """Write the opening into the chain of custody, and hand the bytes out only if they are unchanged.

    Raises:
        PermissionRefused: when the actor may not take records of the ward out.
    """
    sha256 = present_hash(actor, evidence, Verb.EXPORT)
    is_intact = enter_opening(actor, evidence=evidence, sha256=sha256, purpose=purpose)
    return OpenedEvidence(path_of(evidence.sha256) if is_intact else None)


@operation("soc.incident.open_evidence")
def enter_opening(actor: Actor, *, evidence: EvidenceFile, sha256: str, purpose: str) -> bool:
    """Write an opening down; tell whether the bytes, which have this hash now, are unchanged.

    Raises:
        PermissionRefused: when the actor may not take records of the ward out.
    """
    require_watch(actor, Verb.EXPORT, evidence.incident.organisation)
    entry = write_custody(actor, evidence, CustodyAct.OPENED, sha256=sha256, purpose=purpose)
    words = "の証拠を取り出しました。" if entry.is_intact else "の証拠が採取時と違うため、渡しませんでした。"
    tell(
        actor,
        evidence.incident,
        "soc.incident.open_evidence",
        words,
        data={"evidence": evidence.pk, "is_intact": entry.is_intact},
    )
    return entry.is_intact
