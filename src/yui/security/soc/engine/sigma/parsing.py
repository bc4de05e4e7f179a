"""From the text of a Sigma file to rules: YAML and conditions are read by pySigma, one document at a time,
so that one bad rule never takes its neighbours along.

Descriptive fields are read leniently: a rule with an odd date or an identifier that is no UUID still
detects. Log source, detection and condition are read strictly.
"""

import re
import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any, cast

import yaml
from sigma.collection import deep_dict_update
from sigma.exceptions import SigmaError
from sigma.policy import SigmaPolicy
from sigma.policy.regex_engine import RegexEngine, RegexPattern
from sigma.rule import SigmaDetections, SigmaLogSource
from sigma.rule.base import SigmaYAMLLoader, check_alias_expansion

from yui.security.soc.engine.records import LogSource
from yui.security.soc.engine.sigma.converting import Expansions, Inconvertible, convert
from yui.security.soc.engine.sigma.nodes import MAX_DEPTH, Atom, Node, Not, any_of
from yui.security.soc.engine.sigma.regexes import RegexRefused, compiled
from yui.security.soc.engine.sigma.rules import ParsedText, Rule, RuleFilter, Unsupported, digest

MAX_TEXT = 1_000_000


def parse_text(place: str, text: str, expand: Expansions) -> ParsedText:
    """Read every document of one file; what cannot be read is told, never raised."""
    rules: list[Rule] = []
    filters: list[RuleFilter] = []
    correlations: list[str] = []
    unsupported: list[Unsupported] = []
    sha256 = digest(text)
    known_id = ""
    try:
        for document, source in _documents(text):
            known_id = _text(document.get("id"))
            try:
                if "correlation" in document:
                    correlations.append(source)
                elif "filter" in document:
                    filters.append(_filter(document, expand))
                else:
                    rules.append(_rule(document, source, sha256, place, expand))
            except (
                SigmaError,
                Inconvertible,
                RecursionError,
                ValueError,
                TypeError,
                AttributeError,
            ) as error:
                unsupported.append(Unsupported(known_id, place, reason_of(error)))
    except (yaml.YAMLError, SigmaError, RecursionError, ValueError, TypeError) as error:
        unsupported.append(
            Unsupported(known_id, place, f"YAML を読めません / not readable as YAML: {reason_of(error)}")
        )
    return ParsedText(tuple(rules), tuple(filters), tuple(correlations), tuple(unsupported))


def reason_of(error: Exception) -> str:
    """Return one line saying what an error means for a rule."""
    if isinstance(error, RecursionError):
        return "入れ子が深すぎます / nested too deeply"
    text = " ".join(str(error).split())[:500]
    if isinstance(error, Inconvertible):
        return text
    return f"Sigma の規則に合いません / not valid Sigma: {text or type(error).__name__}"


def _documents(text: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each document that stands for a rule, after the collection actions ``global``, ``reset`` and
    ``repeat``.

    Source: Sigma specification 1.0, "Rule Collections"; pySigma still reads them.
    """
    if len(text) > MAX_TEXT:
        raise ValueError(f"{MAX_TEXT:,} 文字を超えています / over {MAX_TEXT:,} characters")
    common: dict[str, Any] = {}
    previous: dict[str, Any] = {}
    loaded = list(yaml.load_all(text, SigmaYAMLLoader))
    for document in loaded:
        if document is None:
            continue
        if not isinstance(document, dict):
            raise ValueError("YAML の対応表ではありません / not a YAML mapping")
        check_alias_expansion(document)
        action = document.pop("action", None)
        if action == "global":
            common = document
        elif action == "reset":
            common = {}
        elif action in (None, "repeat"):
            merged = deep_dict_update(document, common) if action is None and common else document
            previous = deep_dict_update(previous, document) if action == "repeat" else merged
            yield previous, text if len(loaded) == 1 else _written(previous)
        else:
            raise ValueError(f"知らない action です / unknown collection action: {action!r}")


def _written(document: dict[str, Any]) -> str:
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False)


def _rule(document: dict[str, Any], source: str, sha256: str, place: str, expand: Expansions) -> Rule:
    if "detection" not in document or "logsource" not in document:
        raise ValueError("detection と logsource が要ります / a rule needs detection and logsource")
    tree = detection_tree(document["detection"], expand)
    identifier = _text(document.get("id")) or str(uuid.uuid5(uuid.NAMESPACE_OID, digest(source)))
    return Rule(
        id=identifier,
        title=_text(document.get("title")),
        level=_text(document.get("level")).lower(),
        status=_text(document.get("status")).lower(),
        author=_text(document.get("author")),
        licence=_text(document.get("license")),
        description=_text(document.get("description")).strip(),
        tags=tuple(tag.lower() for tag in _texts(document.get("tags"))),
        references=_texts(document.get("references")),
        falsepositives=_texts(document.get("falsepositives")),
        fields=_texts(document.get("fields")),
        logsource=_logsource(document["logsource"]),
        name=_text(document.get("name")),
        source=source,
        sha256=sha256,
        place=place,
        tree=tree,
    )


class _OurRegexes(RegexEngine):
    """Has pySigma judge regular expressions as the engine runs them."""

    def compile(self, pattern: str, flags: int = 0) -> RegexPattern:
        """Return a pattern with its flags written into it."""
        written = "".join(
            letter for letter, flag in zip("ims", (re.I, re.M, re.S), strict=True) if flags & flag
        )
        return cast(RegexPattern, compiled(f"(?{written}){pattern}" if written else pattern))

    @property
    def error(self) -> type[Exception]:
        """What an unusable pattern raises."""
        return RegexRefused


_POLICY = SigmaPolicy(regex_engine=_OurRegexes())


def detection_tree(detection: Any, expand: Expansions) -> Node:
    """Return the tree of a ``detection`` section; several conditions are alternatives.

    Raises:
        SigmaError, Inconvertible, ValueError: when it cannot be evaluated.
    """
    if not isinstance(detection, dict):
        raise ValueError("detection は対応表でなければなりません / detection must be a mapping")
    detections = SigmaDetections.from_dict({**detection}, policy=_POLICY)
    tree = any_of([convert(condition.parsed, expand) for condition in detections.parsed_condition])
    if _depth(tree) > MAX_DEPTH:
        raise Inconvertible(f"条件の入れ子が {MAX_DEPTH} 段を超えています / nested over {MAX_DEPTH} levels")
    return tree


def _depth(node: Node) -> int:
    if isinstance(node, Atom):
        return 0
    if isinstance(node, Not):
        return 1 + _depth(node.item)
    return 1 + max((_depth(item) for item in node.items), default=0)


def _filter(document: dict[str, Any], expand: Expansions) -> RuleFilter:
    section = document["filter"]
    if not isinstance(section, dict) or not isinstance(section.get("condition"), str):
        raise ValueError("filter には condition がひとつ要ります / a filter needs exactly one condition")
    named = section.get("rules")
    if named is None:
        raise ValueError("filter には rules が要ります / a filter needs rules ('any' or a list)")
    names = _texts(named)
    every = not names or (isinstance(named, str) and named.lower() == "any")
    detection = {key: value for key, value in section.items() if key != "rules"}
    return RuleFilter(
        logsource=_logsource(document["logsource"]),
        rules=None if every else names,
        tree=detection_tree(detection, expand),
    )


def _logsource(value: Any) -> LogSource:
    if not isinstance(value, dict):
        raise ValueError("logsource は対応表でなければなりません / logsource must be a mapping")
    source = SigmaLogSource.from_dict(value)
    return LogSource(
        (source.product or "").lower(), (source.category or "").lower(), (source.service or "").lower()
    )


def _text(value: Any) -> str:
    """Return a descriptive field as text, whatever YAML made of it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(_text(item) for item in value)
    return str(value)


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(_text(item) for item in value) if isinstance(value, list) else (_text(value),)
