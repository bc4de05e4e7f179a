"""YAML documents to correlation rules: references resolved, each rule after those it reads."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from yui.security.soc.engine.correlation.documents import CorrelationNotRead, read_documents
from yui.security.soc.engine.correlation.drafts import Draft, draft_of
from yui.security.soc.engine.correlation.rules import CorrelationRule, Reference


class UnsupportedCorrelation(NamedTuple):
    """A correlation that does not run, and why, in Japanese and English."""

    identifier: str
    title: str
    reason: str


class ParsedCorrelations(NamedTuple):
    """What some YAML texts hold.

    Attributes:
        rules: runnable rules; one that reads another comes after it.
        unsupported: the rest, each with its reason.
        silenced: ids of detection rules that some correlation reads and none asks to ``generate``:
            their matches feed correlations and are no alerts of their own (specification, "Generate").
    """

    rules: tuple[CorrelationRule, ...]
    unsupported: tuple[UnsupportedCorrelation, ...]
    silenced: frozenset[str]


def parse_correlations(texts: Iterable[str], rule_names: Mapping[str, str]) -> ParsedCorrelations:
    """Return the correlation rules of YAML texts.

    Args:
        texts: each one or more YAML documents; detection documents among them only lend their names.
        rule_names: name (or id) of each loaded detection rule → the id its matches carry.
    """
    found = read_documents(texts)
    unsupported = [UnsupportedCorrelation(place, "", reason) for place, reason in found.broken]
    drafts: dict[str, Draft] = {}
    for document in found.correlations:
        try:
            if document.identifier in drafts:
                raise CorrelationNotRead(
                    "同じ id の相関ルールが既にあります。 "
                    "Another correlation has the same id: give it its own."
                )
            drafts[document.identifier] = draft_of(document)
        except CorrelationNotRead as error:
            unsupported.append(UnsupportedCorrelation(document.identifier, document.title, str(error)))
    names = _names(rule_names, found.detections, drafts)
    resolved, failed = _resolved(drafts, names)
    rules = _quietened(resolved)
    return ParsedCorrelations(rules, (*unsupported, *failed), _silenced(rules))


def _names(
    rule_names: Mapping[str, str], detections: Mapping[str, str], drafts: Mapping[str, Draft]
) -> dict[str, str]:
    """Return everything that a reference may say → id; correlations go before detections of the same name."""
    names = dict(detections)
    names.update({identifier.lower(): identifier for identifier in rule_names.values()})
    names.update(rule_names)
    names.update({draft.document.name: key for key, draft in drafts.items() if draft.document.name})
    names.update({key: key for key in drafts})
    return names


def _resolved(
    drafts: Mapping[str, Draft], names: Mapping[str, str]
) -> tuple[list[CorrelationRule], list[UnsupportedCorrelation]]:
    """Resolve drafts in the order of their references; what reads an unsupported one is unsupported too."""
    done: dict[str, CorrelationRule] = {}
    failed: dict[str, UnsupportedCorrelation] = {}
    waiting = dict(drafts)
    while waiting:
        progress = False
        for key, draft in list(waiting.items()):
            targets = {names.get(name, names.get(name.lower(), name)) for name in draft.references}
            if targets & (waiting.keys() - {key}):
                continue
            progress = True
            del waiting[key]
            try:
                broken = sorted(targets & (failed.keys() | {key}))
                if broken:
                    raise _unusable(broken[0], key)
                done[key] = _rule(draft, names)
            except CorrelationNotRead as error:
                failed[key] = UnsupportedCorrelation(key, draft.document.title, str(error))
        if not progress:
            for key, draft in waiting.items():
                reason = str(_unusable(key, key))
                failed[key] = UnsupportedCorrelation(key, draft.document.title, reason)
            break
    return list(done.values()), list(failed.values())


def _unusable(other: str, key: str) -> CorrelationNotRead:
    if other == key:
        return CorrelationNotRead(
            "参照が循環しています。 "
            "The references go in a circle: a correlation may only read others that do not read it."
        )
    return CorrelationNotRead(
        f"参照先の相関ルール {other} が使えません。 It reads the correlation {other}, which cannot run."
    )


def _rule(draft: Draft, names: Mapping[str, str]) -> CorrelationRule:
    """Return the runnable rule of a draft.

    Raises:
        CorrelationNotRead: when a reference names nothing.
    """
    sigma, document = draft.sigma, draft.document
    group_by = tuple(sigma.group_by or ())
    aliases = {
        alias: {_identified(rule, names): name for rule, name in fields.items()}
        for alias, fields in draft.aliases.items()
    }
    references = []
    for name in draft.references:
        rule_id = _identified(name, names)
        references.append(
            Reference(
                rule_id,
                tuple(aliases.get(one, {}).get(rule_id, one) for one in group_by),
                tuple(aliases.get(one, {}).get(rule_id, one) for one in draft.value_fields),
            )
        )
    if len({one.rule_id for one in references}) < len(references):
        raise CorrelationNotRead(
            "rules の2つの名が同じルールを指します。 "
            "Two entries of `rules` name the same rule: name each once."
        )
    return CorrelationRule(
        identifier=document.identifier,
        title=document.title,
        type=draft.type,
        references=tuple(references),
        group_by=group_by,
        timespan_us=draft.timespan_us,
        bounds=draft.bounds,
        expression=draft.expression,
        percentile=draft.percentile,
        generate=bool(sigma.generate),
        name=document.name,
        level=sigma.level.name.lower() if sigma.level else "",
        status=sigma.status.name.lower() if sigma.status else "",
        author=sigma.author or "",
        licence=sigma.license or "",
        description=sigma.description or "",
        tags=tuple(str(tag) for tag in sigma.tags),
        notes=tuple(document.notes),
    )


def _identified(name: str, names: Mapping[str, str]) -> str:
    """Return the id that a reference means; names are taken as written, ids without case."""
    found = names.get(name) or names.get(name.lower())
    if found is None:
        raise CorrelationNotRead(
            f"参照先のルール「{name[:80]}」がありません。ルールを取り込むか、名前を直してください。 "
            f"There is no rule {name[:80]!r}: import it or correct the name."
        )
    return found


def _quietened(rules: list[CorrelationRule]) -> tuple[CorrelationRule, ...]:
    """Mark correlations that only feed others."""
    silent = _silenced(rules)
    return tuple(replace(rule, quiet=rule.identifier in silent) for rule in rules)


def _silenced(rules: Iterable[CorrelationRule]) -> frozenset[str]:
    """Return the ids that are read by a correlation and by none that says ``generate: true``."""
    rules = tuple(rules)
    silent = {one.rule_id for rule in rules if not rule.generate for one in rule.references}
    return frozenset(silent - {one.rule_id for rule in rules if rule.generate for one in rule.references})
