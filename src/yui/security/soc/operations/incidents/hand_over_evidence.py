"""Hand a piece of evidence over to somebody."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor, Verb
from yui.security.soc.models import CustodyAct, CustodyEntry, EvidenceFile
from yui.security.soc.operations.incidents.custody import present_hash, write_custody
from yui.security.soc.operations.incidents.locking import tell
from yui.security.soc.policies import require_watch


def hand_over_evidence(actor: Actor, *, evidence: EvidenceFile, holder: str, purpose: str) -> CustodyEntry:
    """Write down to whom the evidence went and what for (the police, a forensic firm).

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        ValidationError: without a holder or a purpose.
    """
    sha256 = present_hash(actor, evidence, Verb.EDIT)
    return enter_handing_over(actor, evidence=evidence, sha256=sha256, holder=holder, purpose=purpose)


@operation("soc.incident.hand_over_evidence")
def enter_handing_over(
    actor: Actor, *, evidence: EvidenceFile, sha256: str, holder: str, purpose: str
) -> CustodyEntry:
    """Write a handing over down, with the hash that the bytes have now.

    Raises: as ``hand_over_evidence``.
    """
    require_watch(actor, Verb.EDIT, evidence.incident.organisation)
    entry = write_custody(
        actor, evidence, CustodyAct.HANDED_OVER, sha256=sha256, holder=holder, purpose=purpose
    )
    tell(
        actor,
        evidence.incident,
        "soc.incident.hand_over_evidence",
        "の証拠を引き渡しました。",
        data={"evidence": evidence.pk, "is_intact": entry.is_intact},
    )
    return entry
