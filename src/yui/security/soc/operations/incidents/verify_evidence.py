"""Compare a piece of evidence with the hash of its collection."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor, Verb
from yui.security.soc.models import CustodyAct, EvidenceFile
from yui.security.soc.operations.incidents.custody import present_hash, write_custody
from yui.security.soc.operations.incidents.locking import tell
from yui.security.soc.policies import require_watch


def verify_evidence(actor: Actor, *, evidence: EvidenceFile) -> bool:
    """Hash the bytes again and write the result into the chain of custody; tell whether they are unchanged.

    Raises:
        PermissionRefused: when the actor may not take records of the ward out.
    """
    sha256 = present_hash(actor, evidence, Verb.EXPORT)
    return enter_check(actor, evidence=evidence, sha256=sha256)


@operation("soc.incident.verify_evidence")
def enter_check(actor: Actor, *, evidence: EvidenceFile, sha256: str) -> bool:
    """Write a check down; tell whether the bytes, which have this hash now, are unchanged.

    Raises:
        PermissionRefused: when the actor may not take records of the ward out.
    """
    require_watch(actor, Verb.EXPORT, evidence.incident.organisation)
    entry = write_custody(actor, evidence, CustodyAct.VERIFIED, sha256=sha256)
    words = "の証拠は採取時と同じです。" if entry.is_intact else "の証拠が採取時と違います。"
    tell(
        actor,
        evidence.incident,
        "soc.incident.verify_evidence",
        words,
        data={"evidence": evidence.pk, "is_intact": entry.is_intact},
    )
    return entry.is_intact
