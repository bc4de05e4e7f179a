"""Where the URNs of rules, senders and the rota lead, and what search reads of rules and senders."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from yui.kernel.links import Link, Resolver, urn
from yui.kernel.links.keyed import keys_among
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet
from yui.kernel.search import SearchDocument
from yui.security.soc.models import (
    DetectionRule,
    Entrustment,
    Handover,
    LogSender,
    RuleActivation,
    RuleExclusion,
    RulePack,
    RuleTrial,
    Shift,
)

_WHY = "search index"


def _resolver_of(
    kind: str,
    records: Callable[[], ScopedQuerySet],
    address: Callable[[Any], str] = lambda record: record.get_absolute_url(),
    title: Callable[[Any], str] = str,
) -> Resolver:
    """Return the function that answers for URNs of ``kind``, within what the reader may see."""

    def resolve(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
        keys = keys_among(identifiers)
        found = records().visible_to(actor).filter(pk__in=keys)
        return {
            str(record.pk): Link(urn(kind, record.pk), title(record), address(record)) for record in found
        }

    return resolve


def _of_rule(record: Any) -> str:
    """Return the address of a record that is shown with its rule, as its ward sees it."""
    return f"{reverse('soc:rule', args=[record.rule_id])}?ward={record.organisation.code}"


def _rule_title(record: Any) -> str:
    return str(record.rule.title)


RESOLVERS: dict[str, Resolver] = {
    "soc.rule": _resolver_of("soc.rule", lambda: DetectionRule.objects.defer("source", "description")),
    "soc.rule_pack": _resolver_of("soc.rule_pack", lambda: RulePack.objects.defer("unread")),
    "soc.rule_activation": _resolver_of(
        "soc.rule_activation",
        lambda: RuleActivation.objects.select_related("rule", "organisation"),
        _of_rule,
        _rule_title,
    ),
    "soc.rule_trial": _resolver_of(
        "soc.rule_trial",
        lambda: RuleTrial.objects.select_related("rule", "organisation").defer("examples"),
        _of_rule,
        _rule_title,
    ),
    "soc.exclusion": _resolver_of(
        "soc.exclusion",
        lambda: RuleExclusion.objects.select_related("rule", "organisation"),
        _of_rule,
        _rule_title,
    ),
    "soc.sender": _resolver_of("soc.sender", LogSender.objects.all),
    "soc.entrustment": _resolver_of(
        "soc.entrustment",
        lambda: Entrustment.objects.select_related("organisation", "body"),
        lambda _record: reverse("soc:entrustment"),
    ),
    "soc.shift": _resolver_of(
        "soc.shift",
        lambda: Shift.objects.select_related("person"),
        lambda record: reverse("soc:shift", args=[record.pk]),
    ),
    "soc.handover": _resolver_of("soc.handover", Handover.objects.all),
}


def rule_documents(since: datetime | None) -> Iterable[SearchDocument]:
    """Yield the rules in use for the search index, or those changed since a moment."""
    rules = _rules().filter(updated_at__gte=since) if since else _rules().filter(retired_at__isnull=True)
    return (rule_document(rule) for rule in rules.iterator(chunk_size=500))


def one_rule(identifier: str) -> SearchDocument | None:
    """Return one rule for the search index."""
    rule = _rules().filter(pk=identifier).first()
    return rule_document(rule) if rule else None


def _rules() -> ScopedQuerySet:
    return DetectionRule.objects.unscoped(_WHY).select_related("organisation").defer("source")


def rule_document(rule: DetectionRule) -> SearchDocument:
    """Return a rule as search sees it."""
    parts = (rule.description, rule.author, rule.product, rule.category, rule.service)
    return SearchDocument(
        urn=urn("soc.rule", rule.pk),
        kind="soc.rule",
        pillar="2",
        organisation_code=rule.organisation.code,
        visibility=rule.visibility,
        participant_codes=(),
        title=rule.title,
        body="\n".join(part for part in parts if part),
        url=rule.get_absolute_url(),
        at=rule.updated_at,
        tags=(rule.rule_id, *rule.techniques),
    )


def sender_documents(since: datetime | None) -> Iterable[SearchDocument]:
    """Yield the senders for the search index, or those changed since a moment."""
    senders = _senders().filter(updated_at__gte=since) if since else _senders()
    return (sender_document(sender) for sender in senders.iterator(chunk_size=500))


def one_sender(identifier: str) -> SearchDocument | None:
    """Return one sender for the search index."""
    sender = _senders().filter(pk=identifier).first()
    return sender_document(sender) if sender else None


def _senders() -> ScopedQuerySet:
    return LogSender.objects.unscoped(_WHY).select_related("organisation")


def sender_document(sender: LogSender) -> SearchDocument:
    """Return a sender as search sees it: its name, never what proves it."""
    return SearchDocument(
        urn=urn("soc.sender", sender.pk),
        kind="soc.sender",
        pillar="2",
        organisation_code=sender.organisation.code,
        visibility=sender.visibility,
        participant_codes=(),
        title=sender.name,
        body=str(sender.get_proof_display()),
        url=sender.get_absolute_url(),
        at=sender.updated_at,
        tags=(),
    )
