"""Endpoints of rules, exclusions and senders: what detects where, and whose logs arrive.

A rule always carries its author and licence, as the Detection Rule License 1.1 asks; a sender never carries
what proves it.
"""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from yui.kernel.scope.models import Organisation
from yui.kernel.tables.api_pages import Page, asking, page_of
from yui.security.soc.models import DetectionRule, LogSender, RuleExclusion
from yui.security.soc.policies import readable_wards
from yui.security.soc.queries.rules.active_rules import active_rules
from yui.security.soc.queries.rules.coverage import coverage_of
from yui.security.soc.queries.senders.silence import senders_for

router = Router()


class DetectionRuleOut(Schema):
    """A detection rule; ``level`` is 0 (informational) to 4 (critical), ``unsupported`` why it cannot run."""

    id: int
    rule_id: str
    kind: str
    title: str
    level: int
    status: str
    author: str
    licence: str
    product: str
    category: str
    service: str
    techniques: list[str]
    is_default: bool
    unsupported: str
    retired_at: datetime | None
    sha256: str


class DetectionRuleInFull(DetectionRuleOut):
    """A rule with its text."""

    description: str
    tags: list[str]
    fields: list[str]
    source: str


class DetectionRuleList(Schema):
    """A page of rules and how many there are."""

    count: int
    items: list[DetectionRuleOut]


class ActiveRulesOut(Schema):
    """What detects in a ward; ``version`` changes whenever it does. ``blind`` rules lack fields there."""

    organisation_code: str
    version: str
    rule_ids: list[str]
    blind: list[str]


class ExclusionOut(Schema):
    """An exclusion of a ward; ``condition`` is a Sigma search identifier."""

    id: int
    organisation_code: str
    rule_id: str
    condition: dict[str, Any]
    reason: str
    expires_at: datetime
    withdrawn_at: datetime | None
    suppressed: int

    @staticmethod
    def resolve_organisation_code(exclusion: RuleExclusion) -> str:
        """Return the code of the exclusion's ward."""
        return exclusion.organisation.code

    @staticmethod
    def resolve_rule_id(exclusion: RuleExclusion) -> str:
        """Return the Sigma id of the rule."""
        return exclusion.rule.rule_id


class ExclusionList(Schema):
    """A page of exclusions and how many there are."""

    count: int
    items: list[ExclusionOut]


class SenderOut(Schema):
    """A sender of logs; its ward is the ward of all that it sends."""

    id: int
    organisation_code: str
    name: str
    proof: str
    protocols: list[str]
    expires_at: datetime | None
    revoked_at: datetime | None
    last_seen_at: datetime | None

    @staticmethod
    def resolve_organisation_code(sender: LogSender) -> str:
        """Return the code of the sender's ward."""
        return sender.organisation.code


class SenderList(Schema):
    """A page of senders and how many there are."""

    count: int
    items: list[SenderOut]


@router.get("/rules", response=DetectionRuleList, summary="Detection rules")
def list_rules(request: HttpRequest, page: Query[Page]) -> dict[str, Any]:
    """Return the rules, the gravest first."""
    rules = DetectionRule.objects.visible_to(asking(request)).defer("source", "description")
    count, records = page_of(rules, page)
    return {"count": count, "items": list(records)}


@router.get("/rules/active", response=ActiveRulesOut, summary="What detects in a ward")
def get_active_rules(request: HttpRequest, ward: str) -> dict[str, Any]:
    """Return which rules are on in a ward; one that the asking person may not read does not exist."""
    found = _ward(request, ward)
    active = active_rules(found)
    known = coverage_of(asking(request), [found]).get(found.pk)
    ids = [rule.rule_id for rule in active.rules]
    blind = sorted(set(ids) & set(known.blind)) if known else []
    return {"organisation_code": found.code, "version": active.version, "rule_ids": ids, "blind": blind}


@router.get("/rules/{rule_key}", response=DetectionRuleInFull, summary="One detection rule")
def get_rule(request: HttpRequest, rule_key: int) -> Any:
    """Return one rule with its text."""
    return get_object_or_404(DetectionRule.objects.visible_to(asking(request)), pk=rule_key)


@router.get("/exclusions", response=ExclusionList, summary="Exclusions")
def list_exclusions(request: HttpRequest, page: Query[Page]) -> dict[str, Any]:
    """Return the exclusions that the asking person may see, those that end first before the others."""
    found = RuleExclusion.objects.visible_to(asking(request)).select_related("organisation", "rule")
    count, records = page_of(found.defer("rule__source"), page)
    return {"count": count, "items": list(records)}


@router.get("/senders", response=SenderList, summary="Senders of logs")
def list_senders(request: HttpRequest, page: Query[Page]) -> dict[str, Any]:
    """Return the senders that the asking person may see."""
    count, records = page_of(senders_for(asking(request)), page)
    return {"count": count, "items": list(records)}


def _ward(request: HttpRequest, code: str) -> Organisation:
    for ward in readable_wards(asking(request)):
        if ward.code == code:
            return ward
    raise Http404
