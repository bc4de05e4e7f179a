"""Drafting how a rule divides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Max

from yui.kernel.calendar_jp import Month
from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.rows import exact_text
from yui.transition.costs.errors import NoReceiver
from yui.transition.costs.models import (
    AllocationMethod,
    AllocationRule,
    AllocationRuleVersion,
    AllocationShare,
    AllocationState,
)
from yui.transition.costs.operations.allocation_decisions import locked


@dataclass(frozen=True)
class VersionFields:
    """What a person says of a version.

    Attributes:
        valid_to: the last month, ``None`` while it is open.
        driver: name of the quantity that a division by usage reads.
        components: percentages of a mixed method by the name of a simple one.
        weights: the receivers with their weights; a weight only counts where the method uses it.
    """

    valid_from: Month
    valid_to: Month | None
    method: str
    reason: str
    weights: Mapping[Organisation, Decimal]
    driver: str = ""
    components: Mapping[str, Decimal] = field(default_factory=dict)


@operation("costs.allocation_version.save")
def save_allocation_version(
    actor: Actor,
    *,
    rule: AllocationRule,
    fields: VersionFields,
    version: AllocationRuleVersion | None = None,
) -> AllocationRuleVersion:
    """Draft a new version of ``rule``, or change a draft. Whoever saved it last counts as its proposer.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's records.
        WrongAllocationState: when the version is no draft.
        NoReceiver: without receivers.
        ValidationError: for months in the wrong order, a method without what it needs, or without a reason.
    """
    require(actor, Verb.EDIT, rule.organisation)
    if version is not None:
        draft = locked(version, AllocationState.DRAFT)
    else:
        versions = AllocationRuleVersion.objects.owned_by(rule.organisation).filter(rule=rule)
        number = (versions.aggregate(last=Max("number"))["last"] or 0) + 1
        draft = AllocationRuleVersion(organisation=rule.organisation, rule=rule, number=number)
    if not fields.weights:
        raise NoReceiver
    before = _told(draft) if version else {}
    draft.valid_from, draft.valid_to = str(fields.valid_from), str(fields.valid_to or "")
    draft.method, draft.reason = fields.method, fields.reason.strip()
    is_mixed = fields.method == AllocationMethod.MIXED
    draft.components = (
        {name: exact_text(percent) for name, percent in fields.components.items() if percent}
        if is_mixed
        else {}
    )
    draft.driver = fields.driver.strip() if draft.needs_usage else ""
    draft.proposed_by_id, draft.proposed_by_name, draft.note = actor.user_id, actor.name, ""
    draft.full_clean()
    draft.save()
    _keep_shares(draft, fields.weights)
    after = _told(draft)
    record(
        rule.organisation,
        subject=urn("costs.allocation_version", draft.pk),
        summary=f"配賦ルール「{rule.name}」の第{draft.number}版の下書きを保存しました({draft.method_text})",
        changes={
            name: [before.get(name), value] for name, value in after.items() if before.get(name) != value
        },
    )
    return draft


def _keep_shares(version: AllocationRuleVersion, weights: Mapping[Organisation, Decimal]) -> None:
    AllocationShare.objects.owned_by(version.organisation).filter(version=version).delete()
    shares = [
        AllocationShare(version=version, receiver=receiver, weight=exact_text(weight))
        for receiver, weight in weights.items()
    ]
    for share in shares:
        share.clean_fields()
    AllocationShare.objects.bulk_create(shares)


def _told(version: AllocationRuleVersion) -> dict[str, Any]:
    """Return what the ledger keeps of a version."""
    shares = AllocationShare.objects.owned_by(version.organisation).filter(version=version)
    receivers = [f"{share.receiver.name_ja} {share.weight}" for share in shares.select_related("receiver")]
    return {
        "月": f"{version.valid_from}〜{version.valid_to}",
        "分け方": version.method_text,
        "受ける団体と比率": "、".join(receivers),
        "理由": version.reason,
    }
