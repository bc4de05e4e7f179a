"""Read endpoints of allocation: rules with their versions, shares, and what organisations bear."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from yui.kernel.calendar_jp import DateNotUnderstood, Month
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.engine.rows import amounts_as_text, exact_text
from yui.transition.costs.models import AllocatedCost, AllocationRule, AllocationRuleVersion, AllocationShare
from yui.transition.costs.queries.after_allocation import GROUPS, borne_by, summarise_borne
from yui.transition.costs.queries.allocations import allocated_to, versions_visible_to
from yui.transition.costs.queries.monthly import METRICS

router = Router()
LARGEST_PAGE = 500


class Page(Schema):
    """``limit`` records from ``offset`` on."""

    offset: int = Field(0, ge=0)
    limit: int = Field(100, ge=1, le=LARGEST_PAGE)


class SharesAsked(Page):
    """Shares of one month, of one receiver by his code."""

    month: str = ""
    organisation: str = ""


class BorneAsked(Schema):
    """Groups by comma; what to count: one organisation by its code, months, ``billed`` or ``effective``."""

    by: str = "ward,business,month"
    metric: str = "billed"
    organisation: str = ""
    first_month: str = ""
    last_month: str = ""


class ShareOfVersion(Schema):
    """One receiver of a version."""

    organisation_code: str
    weight: str


class VersionOut(Schema):
    """A version; ``valid_to`` is empty while it is open."""

    id: int
    number: int
    state: str
    valid_from: str
    valid_to: str
    method: str
    driver: str
    components: dict[str, str]
    reason: str
    proposed_by: str
    decided_by: str
    receivers: list[ShareOfVersion]


class RuleOut(Schema):
    """A rule: empty fields of the coverage ask for nothing."""

    id: int
    organisation_code: str
    name: str
    provider: str
    account: str
    system_code: str
    cost_category: str
    business_area: str
    versions: list[VersionOut]


class RuleList(Schema):
    """A page of rules and how many there are."""

    count: int
    items: list[RuleOut]


class AllocatedOut(Schema):
    """One share: exact amounts as text."""

    id: int
    month: str
    owner_code: str
    organisation_code: str
    rule_id: int
    version_id: int
    system_code: str
    cost_category: str
    currency: str
    billed: str
    effective: str
    ratio: str


class AllocatedList(Schema):
    """A page of shares and how many there are."""

    count: int
    items: list[AllocatedOut]


class BorneOut(Schema):
    """One group: exact amounts by currency, yen, and the (currency, month) pairs without a rate."""

    group: dict[str, str]
    amounts: dict[str, str]
    yen: str | None
    missing_rates: list[str]
    rows: int


class BorneList(Schema):
    """All groups."""

    by: list[str]
    metric: str
    items: list[BorneOut]


@router.get("/allocation-rules", response=RuleList, summary="Allocation rules with their versions")
def list_allocation_rules(request: HttpRequest, page: Query[Page]) -> dict[str, Any]:
    """Return the rules of the asking person's organisations, and those from which these receive."""
    actor = actor_of(request)
    rules = AllocationRule.objects.visible_to(actor).select_related("organisation")
    shown = list(rules[page.offset : page.offset + page.limit])
    found = list(versions_visible_to(actor).filter(rule__in=[rule.pk for rule in shown]))
    receivers: dict[int, list[ShareOfVersion]] = {}
    shares = AllocationShare.objects.visible_to(actor).filter(version__in=[each.pk for each in found])
    for share in shares.select_related("receiver"):
        told = ShareOfVersion(organisation_code=share.receiver.code, weight=share.weight)
        receivers.setdefault(share.version_id, []).append(told)
    versions: dict[int, list[VersionOut]] = {}
    for version in found:
        versions.setdefault(version.rule_id, []).append(_version(version, receivers.get(version.pk, [])))
    items = [
        RuleOut(
            id=rule.pk,
            organisation_code=rule.organisation.code,
            name=rule.name,
            provider=rule.provider,
            account=rule.account,
            system_code=rule.system_code,
            cost_category=rule.cost_category,
            business_area=rule.business_area,
            versions=versions.get(rule.pk, []),
        )
        for rule in shown
    ]
    return {"count": rules.count(), "items": items}


@router.get("/allocated-costs", response=AllocatedList, summary="Shares of joint costs")
def list_allocated_costs(request: HttpRequest, asked: Query[SharesAsked]) -> dict[str, Any]:
    """Return the shares that the asking person's organisations share or bear, newest first."""
    found = allocated_to(
        actor_of(request), month=_month(asked.month), organisation=asked.organisation
    ).order_by("-month", "pk")
    shown = found[asked.offset : asked.offset + asked.limit]
    return {"count": found.count(), "items": [_share(share) for share in shown]}


@router.get("/costs-after-allocation", response=BorneList, summary="Costs after allocation")
def list_costs_after_allocation(request: HttpRequest, asked: Query[BorneAsked]) -> dict[str, Any]:
    """Return what organisations bear by groups, as far as the asking person may see it."""
    by = [group for group in asked.by.split(",") if group]
    if not by or set(by) - set(GROUPS) or asked.metric not in METRICS:
        raise Http404(f"by: {', '.join(GROUPS)}; metric: {', '.join(METRICS)}")
    rows = borne_by(
        actor_of(request),
        organisations=[asked.organisation] if asked.organisation else None,
        first_month=_month(asked.first_month),
        last_month=_month(asked.last_month),
        metric=asked.metric,
    )
    items = [
        BorneOut(
            group=dict(zip(by, cell.key, strict=True)),
            amounts=amounts_as_text(cell.amounts),
            yen=None if cell.yen.yen is None else exact_text(cell.yen.yen),
            missing_rates=[f"{currency} {month}" for currency, month in sorted(cell.yen.missing)],
            rows=cell.yen.rows,
        )
        for cell in summarise_borne(rows, by)
    ]
    return {"by": by, "metric": asked.metric, "items": items}


def _month(text: str) -> str:
    try:
        return str(Month.parse(text)) if text else ""
    except DateNotUnderstood as error:
        raise Http404(str(error)) from error


def _version(version: AllocationRuleVersion, receivers: list[ShareOfVersion]) -> VersionOut:
    return VersionOut(
        id=version.pk,
        number=version.number,
        state=version.state,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        method=version.method,
        driver=version.driver,
        components=version.components,
        reason=version.reason,
        proposed_by=version.proposed_by_name,
        decided_by=version.decided_by_name,
        receivers=receivers,
    )


def _share(share: AllocatedCost) -> AllocatedOut:
    return AllocatedOut(
        id=share.pk,
        month=share.month,
        owner_code=share.owner.code,
        organisation_code=share.organisation.code,
        rule_id=share.version.rule_id,
        version_id=share.version_id,
        system_code=share.system_code,
        cost_category=share.cost_category,
        currency=share.currency,
        billed=share.billed,
        effective=share.effective,
        ratio=share.ratio,
    )
