"""Compare a piece of evidence with the hash of its collection."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor, Verb
from yui.security.soc.models import CustodyAct, EvidenceFile
from yui.security.soc.operations.incidents.custody import present_hash, write_custody
from yui.security.soc.operations.incidents.locking import tell
from yui.security.soc.policies import require_watch


@operation("soc.incident.verify_evidence")
def verify_evidence(actor: Actor, *, evidence: EvidenceFile) -> bool:
    """Hash the bytes again and write the result into the chain of custody; tell whether they are unchanged.

    Raises:
        PermissionRefused: when the actor may not take records of the ward out.
    """
    require_watch(actor, Verb.EXPORT, evidence.incident.organisation)
    entry = write_custody(actor, evidence, CustodyAct.VERIFIED, sha256=present_hash(evidence))
    words = "の証拠は採取時と同じです。" if entry.is_intact else "の証拠が採取時と違います。"
    tell(
        actor,
        evidence.incident,
        "soc.incident.verify_evidence",
        words,
        data={"evidence": evidence.pk, "is_intact": entry.is_intact},
    )
    return entry.is_intact
