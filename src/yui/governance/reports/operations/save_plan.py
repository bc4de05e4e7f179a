"""Make or change a plan."""

from yui.governance.indicators.public import indicators
from yui.governance.reports.errors import NotReportedOn, UnknownIndicators
from yui.governance.reports.facts import ItemFacts, PlanFacts
from yui.governance.reports.models import PlanItem, ReportPlan
from yui.governance.reports.policies import is_reported_on
from yui.kernel.links import urn
from yui.kernel.operations import field_changes, operation, record, record_nothing
from yui.kernel.operations.saving import changes_to, save_values
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation, Visibility

Chosen = tuple[str, bool]
"""An indicator's code, and whether it is public."""

FIELDS = ["kind", "title", "is_active", "day_of_month", "note"]


@operation("reports.plan.save")
def save_plan(
    actor: Actor, *, organisation: Organisation, facts: PlanFacts, plan: ReportPlan | None = None
) -> ReportPlan:
    """Make a plan, or change the one given; its kind stays, since reports hang on it.

    Raises:
        PermissionRefused: when the actor may not edit for the organisation.
        NotReportedOn: when it is neither a ward nor the secretariat.
        UnknownIndicators: naming the codes that the tree does not have.
        ValidationError: naming each fact that breaks a rule.
    """
    owner = plan.organisation if plan else organisation
    require(actor, Verb.EDIT, owner)
    if not is_reported_on(owner):
        raise NotReportedOn(owner.name)
    items = _known(facts.items)
    stored = _stored(owner, plan)
    values = {name: getattr(facts, name) for name in FIELDS}
    if plan is not None:
        values["kind"] = stored.kind
    changes = changes_to(stored, values) | field_changes({"items": _items_of(stored)}, {"items": items})
    if stored.pk and not changes:
        record_nothing("the plan is as it was")
        return stored
    save_values(stored, values)
    _write_items(stored, items)
    record(
        owner,
        subject=urn("reports.plan", stored.pk),
        summary=f"報告の型「{stored.title}」を保存しました。",
        changes=changes,
        visibility=stored.visibility,
    )
    return stored


def visibility_for(organisation: Organisation) -> str:
    """Return who sees plans and reports of an organisation: a ward's own only that ward."""
    return Visibility.OWN if organisation.is_ward else Visibility.WARDS


def _stored(owner: Organisation, plan: ReportPlan | None) -> ReportPlan:
    if plan is None:
        return ReportPlan(organisation=owner, visibility=visibility_for(owner))
    return (
        ReportPlan.objects.owned_by(owner).select_related("organisation").select_for_update().get(pk=plan.pk)
    )


def _known(items: tuple[ItemFacts, ...]) -> list[Chosen]:
    """Return code and mark of each indicator, each once, as the ledger tells them."""
    known = {indicator.code for indicator in indicators()}
    unknown = [item.code for item in items if item.code not in known]
    if unknown:
        raise UnknownIndicators("、".join(unknown)[:200])
    return [(item.code, item.is_public) for item in {item.code: item for item in items}.values()]


def _items_of(plan: ReportPlan) -> list[Chosen]:
    if not plan.pk:
        return []
    rows = PlanItem.objects.owned_by(plan.organisation).filter(plan=plan)
    return list(rows.values_list("indicator_code", "is_public"))


def _write_items(plan: ReportPlan, items: list[Chosen]) -> None:
    PlanItem.objects.owned_by(plan.organisation).filter(plan=plan).delete()
    PlanItem.objects.bulk_create(
        PlanItem(plan=plan, indicator_code=code, is_public=is_public, position=place)
        for place, (code, is_public) in enumerate(items, start=1)
    )
