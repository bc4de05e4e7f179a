"""Saying which costs are shared."""

from dataclasses import asdict, dataclass

from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.transition.costs.errors import CoverageFixed
from yui.transition.costs.models import AllocationRule, AllocationRuleVersion
from yui.transition.costs.models.allocation_rule import DECIDED

TITLES = {
    "name": "名称",
    "provider": "事業者",
    "account": "請求先",
    "system_code": "システムの管理番号",
    "cost_category": "経費区分",
    "business_area": "業務",
}
"""Fields as the ledger names them."""


@dataclass(frozen=True)
class RuleFields:
    """What a person says of a rule; an empty field of the coverage asks for nothing.

    Attributes:
        business_area: code of the standard business area that the costs are for, where the register of
            systems does not say so.
    """

    name: str
    provider: str = ""
    account: str = ""
    system_code: str = ""
    cost_category: str = ""
    business_area: str = ""


@operation("costs.allocation_rule.save")
def save_allocation_rule(
    actor: Actor, *, organisation: Organisation, fields: RuleFields, rule: AllocationRule | None = None
) -> AllocationRule:
    """Make a rule, or change one. It divides nothing until a version is approved.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's records.
        CoverageFixed: when the coverage would change although a version was approved.
        ValidationError: without a name, or when another rule covers the same.
    """
    owner = rule.organisation if rule else organisation
    require(actor, Verb.EDIT, owner)
    kept = rule or AllocationRule(organisation=owner)
    after = asdict(fields)
    before = {name: getattr(kept, name) if rule else None for name in after}
    changes = {name: [before[name], value] for name, value in after.items() if (before[name] or "") != value}
    if rule and not changes:
        record_nothing("the rule says so already")
        return kept
    if rule and set(changes) - {"name", "business_area"}:
        versions = AllocationRuleVersion.objects.owned_by(owner).filter(rule=rule, state__in=DECIDED)
        if versions.exists():
            raise CoverageFixed
    for name, value in after.items():
        setattr(kept, name, value)
    kept.full_clean()
    kept.save()
    record(
        owner,
        subject=urn("costs.allocation_rule", kept.pk),
        summary=f"配賦ルール「{kept.name}」を{'直しました' if rule else '作りました'}",
        changes={TITLES[name]: pair for name, pair in changes.items()},
    )
    return kept
