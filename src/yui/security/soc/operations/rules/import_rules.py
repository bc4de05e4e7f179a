"""Take a folder or archive of Sigma rules in: new rules, changed rules, and the record of the pack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yui.kernel.calendar_jp import now
from yui.kernel.ledger.append import Act, append
from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.operations.operation import actor_text
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation, Visibility
from yui.kernel.tables.normalise import normalise_key
from yui.security.soc.formats.rule_documents import RuleFacts
from yui.security.soc.models import DetectionRule, Level, RulePack
from yui.security.soc.operations.rules.errors import NothingToImport
from yui.security.soc.operations.rules.reading import ReadRules, UnsupportedRule
from yui.security.soc.policies import joint_body

BATCH = 500
MOST_UNREAD = 500
FROM_TEXT = (
    "kind",
    "title",
    "level",
    "status",
    "author",
    "licence",
    "description",
    "product",
    "category",
    "service",
    "tags",
    "techniques",
    "tactics",
    "false_positives",
    "fields",
    "search_key",
    "source",
    "sha256",
    "unsupported",
    "pack",
)


@dataclass(frozen=True)
class ImportedRules:
    """What an import came to.

    Attributes:
        pack: the record of the import.
        parsed: documents and files looked at; ``loaded`` and ``unsupported`` add up to it.
        loaded: rules that can be evaluated.
        unsupported: the rest, each with its reason.
        new, changed, unchanged: rules by what became of them, unsupported ones included.
        retired: rules of earlier imports that were retired because they are no longer there.
        switched_off: rules that were on by default and can no longer be evaluated.
    """

    pack: RulePack
    parsed: int
    loaded: int
    unsupported: tuple[UnsupportedRule, ...]
    new: int
    changed: int
    unchanged: int
    retired: int
    switched_off: int


@operation("soc.rule.import")
def import_rules(
    actor: Actor, *, read: ReadRules, licence: str = "", retires_missing: bool = False
) -> ImportedRules:
    """Keep the rules of a pack: a known id gets its new text, and stays on or off as it was.

    Args:
        read: what ``reading.read_rules`` judged, outside the transaction because it takes seconds.
        licence: the pack's licence where it has no LICENSE file; a rule's own ``license`` goes first.
        retires_missing: retire the rules of earlier imports of the same name that are no longer in it.

    Raises:
        PermissionRefused: when the actor may not import for the joint body.
        NothingToImport: when there is no rule at all.
    """
    body = joint_body()
    require(actor, Verb.IMPORT, body)
    if not read.parsed:
        raise NothingToImport(read.name)
    pack = _keep_pack(actor, body, read, read.licence or licence)
    ids = [facts.rule_id for facts in read.rules]
    stored = {rule.rule_id: rule for rule in _stored(body, ids)}
    new, changed, acts = [], [], []
    switched_off = 0
    for facts in read.rules:
        values = _values(facts, read.reasons.get(facts.rule_id, ""), pack)
        rule = stored.get(facts.rule_id)
        if rule is None:
            new.append(_new_rule(body, facts.rule_id, values))
        elif rule.sha256 != facts.sha256 or rule.unsupported != values["unsupported"]:
            switched_off += bool(rule.is_default and values["unsupported"])
            acts.append(_act(actor, rule, values))
            changed.append(_with_values(rule, values))
    DetectionRule.objects.bulk_create(new, batch_size=BATCH)
    DetectionRule.objects.owned_by(body).bulk_update(
        changed, [*FROM_TEXT, "is_default", "updated_at"], batch_size=BATCH
    )
    retired = _retire_missing(actor, body, pack, set(ids), acts) if retires_missing else 0
    append(body.code, acts)
    result = ImportedRules(
        pack=pack,
        parsed=read.parsed,
        loaded=read.loaded,
        unsupported=read.unsupported,
        new=len(new),
        changed=len(changed),
        unchanged=len(read.rules) - len(new) - len(changed),
        retired=retired,
        switched_off=switched_off,
    )
    _record(body, result)
    return result


def _keep_pack(actor: Actor, body: Organisation, read: ReadRules, licence: str) -> RulePack:
    pack = RulePack(
        organisation=body,
        visibility=Visibility.WARDS,
        name=read.name[:160],
        licence=licence[:120],
        sha256=read.sha256,
        parsed=read.parsed,
        loaded=read.loaded,
        unread=[[one.rule_id, one.reason] for one in read.unread[:MOST_UNREAD]],
        imported_by_id=actor.user_id,
    )
    pack.full_clean()
    pack.save()
    return pack


def _stored(body: Organisation, ids: Sequence[str]) -> list[DetectionRule]:
    """Return the known ones of these rules, few variables at a time."""
    rules = DetectionRule.objects.owned_by(body)
    return [
        rule
        for start in range(0, len(ids), BATCH)
        for rule in rules.filter(rule_id__in=ids[start : start + BATCH]).defer("description")
    ]


def _values(facts: RuleFacts, reason: str, pack: RulePack) -> dict[str, Any]:
    """Return the columns that follow from a rule's text."""
    words = (facts.title, facts.rule_id, facts.author, *facts.tags, facts.product, facts.category)
    return {
        "kind": facts.kind.value,
        "title": facts.title,
        "level": Level.of_sigma(facts.level),
        "status": facts.status,
        "author": facts.author,
        "licence": facts.licence or pack.licence,
        "description": facts.description,
        "product": facts.product,
        "category": facts.category,
        "service": facts.service,
        "tags": list(facts.tags),
        "techniques": list(facts.techniques),
        "tactics": list(facts.tactics),
        "false_positives": list(facts.false_positives),
        "fields": list(facts.fields),
        "search_key": normalise_key(" ".join((*words, facts.service))),
        "source": facts.source,
        "sha256": facts.sha256,
        "unsupported": reason,
        "pack": pack,
    }


def _new_rule(body: Organisation, rule_id: str, values: Mapping[str, Any]) -> DetectionRule:
    return DetectionRule(organisation=body, visibility=Visibility.WARDS, rule_id=rule_id, **values)


def _with_values(rule: DetectionRule, values: Mapping[str, Any]) -> DetectionRule:
    for name, value in values.items():
        setattr(rule, name, value)
    rule.is_default = rule.is_default and not rule.unsupported
    rule.updated_at = now()
    return rule


def _act(actor: Actor, rule: DetectionRule, values: Mapping[str, Any]) -> Act:
    """Return the entry of a changed rule: its short columns before and after, and the hashes of its texts."""
    shown = ("title", "level", "status", "sha256", "unsupported")
    changes = {
        name: [getattr(rule, name), values[name]] for name in shown if getattr(rule, name) != values[name]
    }
    return Act(
        actor_text(actor),
        "soc.rule.import",
        urn("soc.rule", rule.pk),
        {"summary": f"ルール「{values['title']}」の本文を更新しました。", "changes": changes, "data": {}},
    )


def _retire_missing(actor: Actor, body: Organisation, pack: RulePack, ids: set[str], acts: list[Act]) -> int:
    """Retire what earlier packs of this name brought and this one lacks; tell it to each rule's history."""
    rules = DetectionRule.objects.owned_by(body).filter(pack__name=pack.name, retired_at__isnull=True)
    missing = [rule for rule in rules.only("pk", "rule_id", "title") if rule.rule_id not in ids]
    moment = now()
    for start in range(0, len(missing), BATCH):
        keys = [rule.pk for rule in missing[start : start + BATCH]]
        DetectionRule.objects.owned_by(body).filter(pk__in=keys).update(
            retired_at=moment, is_default=False, updated_at=moment
        )
    acts += [
        Act(
            actor_text(actor),
            "soc.rule.import",
            urn("soc.rule", rule.pk),
            {
                "summary": f"新しい「{pack.name}」に無いルール「{rule.title}」を廃止しました。",
                "changes": {"retired_at": [None, moment.isoformat()]},
                "data": {},
            },
        )
        for rule in missing
    ]
    return len(missing)


def _record(body: Organisation, result: ImportedRules) -> None:
    record(
        body,
        subject=urn("soc.rule_pack", result.pack.pk),
        summary=(
            f"検知ルール「{result.pack.name}」を取り込みました"
            f"(新規{result.new}、更新{result.changed}、使えない{len(result.unsupported)})。"
        ),
        data={
            "sha256": result.pack.sha256,
            "licence": result.pack.licence,
            "parsed": result.parsed,
            "loaded": result.loaded,
            "retired": result.retired,
            "switched_off": result.switched_off,
        },
        visibility=Visibility.WARDS,
    )
