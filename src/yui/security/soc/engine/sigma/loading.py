"""From texts to compiled rules."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import orjson

from yui.security.soc.engine.sigma.caching import RuleCache
from yui.security.soc.engine.sigma.compiling import CompiledRules
from yui.security.soc.engine.sigma.nodes import all_of
from yui.security.soc.engine.sigma.rules import ParsedText, Rule, RuleFilter, Unsupported, digest


class LoadedRules(NamedTuple):
    """What loading gave.

    Attributes:
        rules: the detection rules, ready for ``detect``.
        parsed: how many documents were read: rules, correlations and filters, and those refused.
        loaded: how many detection rules can be evaluated.
        unsupported: those that cannot, each with its reason.
        correlations: the YAML documents with a ``correlation``, for the correlation engine.
    """

    rules: CompiledRules
    parsed: int
    loaded: int
    unsupported: tuple[Unsupported, ...]
    correlations: tuple[str, ...]


def load_rules(
    texts: Iterable[tuple[str, str]],
    *,
    cache: Path | None = None,
    expand: Mapping[str, Sequence[str]] | None = None,
    licence: str = "",
    groups: frozenset[str] = frozenset(),
) -> LoadedRules:
    """Read rules, apply the filters among them, and compile.

    Args:
        texts: (place, YAML text) of each file; a text may hold several documents.
        cache: folder that keeps parsed texts by hash; None keeps nothing.
        expand: values of the placeholders of ``|expand``.
        licence: licence of the pack, for rules that name none.
        groups: optional routes to follow (``routing.routes_of``).
    """
    kept = RuleCache(cache) if cache is not None else None
    expansions = dict(expand or {})
    salt = digest(orjson.dumps(expansions, option=orjson.OPT_SORT_KEYS).decode()) if expansions else ""
    rules: list[Rule] = []
    filters: list[RuleFilter] = []
    correlations: list[str] = []
    unsupported: list[Unsupported] = []
    parsed = 0
    for place, text in texts:
        sha256 = digest(text)
        read = _read(place, text, sha256 + salt, kept, expansions)
        rules += [dataclasses.replace(r, sha256=sha256, licence=r.licence or licence) for r in read.rules]
        filters += read.filters
        correlations += read.correlations
        unsupported += read.unsupported
        parsed += len(read.rules) + len(read.filters) + len(read.correlations) + len(read.unsupported)
    if kept is not None:
        kept.save()
    unique, repeated = _unique(rules)
    filtered = [_filtered(rule, filters) for rule in unique] if filters else unique
    return LoadedRules(
        CompiledRules(filtered, groups), parsed, len(filtered), (*unsupported, *repeated), tuple(correlations)
    )


def _read(
    place: str, text: str, key: str, kept: RuleCache | None, expand: Mapping[str, Sequence[str]]
) -> ParsedText:
    known = kept.get(key, place, text) if kept is not None else None
    if known is not None:
        return known
    # pySigma takes half a second to import, and is needed only for texts not seen before.
    from yui.security.soc.engine.sigma.parsing import parse_text

    parsed = parse_text(place, text, expand)
    if kept is not None:
        kept.put(key, parsed, text)
    return parsed


def _unique(rules: Sequence[Rule]) -> tuple[list[Rule], list[Unsupported]]:
    """Return the first rule of each identifier, and the others as unsupported."""
    first: dict[str, Rule] = {}
    repeated = []
    for rule in rules:
        known = first.setdefault(rule.id, rule)
        if known is not rule:
            reason = f"同じ id のルールがあります / the same id as {known.place}"
            repeated.append(Unsupported(rule.id, rule.place, reason))
    return list(first.values()), repeated


def _filtered(rule: Rule, filters: Sequence[RuleFilter]) -> Rule:
    trees = [one.tree for one in filters if _applies(one, rule)]
    return dataclasses.replace(rule, tree=all_of([rule.tree, *trees])) if trees else rule


def _applies(one: RuleFilter, rule: Rule) -> bool:
    """Tell whether a filter names a rule, and its log source contains the rule's."""
    contains = all(
        not wanted or wanted == has for wanted, has in zip(one.logsource, rule.logsource, strict=True)
    )
    return contains and (
        one.rules is None or rule.id in one.rules or bool(rule.name and rule.name in one.rules)
    )
