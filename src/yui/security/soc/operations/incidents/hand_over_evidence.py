"""Hand a piece of evidence over to somebody."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor, Verb
from yui.security.soc.models import CustodyAct, CustodyEntry, EvidenceFile
from yui.security.soc.operations.incidents.custody import present_hash, write_custody
from yui.security.soc.operations.incidents.locking import tell
from yui.security.soc.policies import require_watch


@operation("soc.incident.hand_over_evidence")
def hand_over_evidence(actor: Actor, *, evidence: EvidenceFile, holder: str, purpose: str) -> CustodyEntry:
    """Write down to whom the evidence went and what for (the police, a forensic firm).

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        ValidationError: without a holder or a purpose.
    """
    require_watch(actor, Verb.EDIT, evidence.incident.organisation)
    entry = write_custody(
        actor,
        evidence,
        CustodyAct.HANDED_OVER,
        sha256=present_hash(evidence),
        holder=holder,
        purpose=purpose,
    )
    tell(
        actor,
        evidence.incident,
        "soc.incident.hand_over_evidence",
        "の証拠を引き渡しました。",
        data={"evidence": evidence.pk, "is_intact": entry.is_intact},
    )
    return entry
