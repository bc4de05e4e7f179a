"""Sigma YAML files cut into documents, each with what the list of rules shows of it.

Reading is lenient: a document that the engine cannot evaluate is still a rule, with its reason. Reading is
safe: a document is measured before it is built, with every alias counted at the size of its anchor, so that
a YAML "billion laughs" or a tower of brackets is refused and not expanded.

Source: Sigma specification 2.1 (rules, correlation rules, filters); the collection actions ``global``,
``reset`` and ``repeat`` as in version 1 of the specification.
"""

import hashlib
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import yaml

MOST_NODES = 50_000
MOST_DEPTH = 60
DOCUMENT_MARK = re.compile(r"^---(?:[ \t].*)?$", re.M)
TECHNIQUE = re.compile(r"attack\.(t\d{4}(?:\.\d{3})?)\Z", re.I)
NO_TACTIC = re.compile(r"attack\.(?:t\d{4}.*|[gs]\d{4}|ds\d{4}|c\d{4}|m\d{4})\Z", re.I)
IDENTIFIER = re.compile(r"[0-9A-Za-z][0-9A-Za-z._:-]{0,79}\Z")
NAMESPACE = uuid.UUID("6f3a1f0e-5f0b-5d0f-9a4d-7d2a5b3c9e10")
"""Under which rules without an ``id`` get one, from the hash of their text."""


class RuleDocumentKind(StrEnum):
    """What a Sigma document is."""

    EVENT = "event"
    CORRELATION = "correlation"
    FILTER = "filter"


class BadRuleDocument(ValueError):
    """A document is no Sigma rule; the message says why, in Japanese and English."""

    def __init__(self, japanese: str, english: str) -> None:
        super().__init__(f"{japanese} / {english}")


@dataclass(frozen=True)
class RuleFacts:
    """What is known of a rule without compiling it; lists hold the document's own spelling."""

    rule_id: str
    name: str
    kind: RuleDocumentKind
    title: str
    level: str
    status: str
    author: str
    licence: str
    description: str
    product: str
    category: str
    service: str
    tags: tuple[str, ...]
    techniques: tuple[str, ...]
    tactics: tuple[str, ...]
    false_positives: tuple[str, ...]
    fields: tuple[str, ...]
    source: str
    sha256: str
    place: str


@dataclass(frozen=True)
class UnreadDocument:
    """A document that is no rule: its place, its ``id`` where it has one, and why."""

    place: str
    rule_id: str
    reason: str


def read_documents(texts: Iterable[tuple[str, str]]) -> Iterator[RuleFacts | UnreadDocument]:
    """Yield each document of (place, text) pairs, read or refused; one file may hold several."""
    for place, text in texts:
        for where, document in _documents(place, text):
            try:
                yield facts_of(where, document)
            except BadRuleDocument as error:
                yield UnreadDocument(where, _identifier_in(document), str(error))


def _documents(place: str, text: str) -> list[tuple[str, str]]:
    """Cut a file at its document marks; actions (``global`` …) are merged into the documents they mean."""
    pieces = [piece for piece in DOCUMENT_MARK.split(text) if piece.strip() and not _is_comment(piece)]
    if len(pieces) > 1 and re.search(r"^action:", text, re.M):
        try:
            pieces = _acted(pieces)
        except BadRuleDocument:
            # Each piece is read on its own below, and says there what is wrong with it.
            return [(f"{place}#{number}", piece) for number, piece in enumerate(pieces, start=1)]
    if len(pieces) <= 1:
        return [(place, pieces[0] if pieces else text)]
    return [(f"{place}#{number}", piece) for number, piece in enumerate(pieces, start=1)]


def _is_comment(piece: str) -> bool:
    return all(not line.strip() or line.lstrip().startswith(("#", "...")) for line in piece.splitlines())


def _acted(pieces: list[str]) -> list[str]:
    """Apply the collection actions, so that each document stands for itself."""
    shared: dict[str, Any] = {}
    previous: dict[str, Any] = {}
    standing: list[str] = []
    for piece in pieces:
        document = _loaded(piece)
        action = document.pop("action", None)
        if action == "global":
            shared = _merged(shared, document)
            continue
        if action == "reset":
            shared = {}
            continue
        previous = _merged(previous, document) if action == "repeat" else _merged(shared, document)
        standing.append(yaml.safe_dump(previous, allow_unicode=True, sort_keys=False))
    return standing


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``base`` with the values of ``over``, mappings joined key by key."""
    result = dict(base)
    for key, value in over.items():
        kept = result.get(key)
        result[key] = (
            _merged(kept, value) if isinstance(kept, Mapping) and isinstance(value, Mapping) else value
        )
    return result


def _loaded(text: str) -> dict[str, Any]:
    """Return the mapping that a document holds.

    Raises:
        BadRuleDocument: for broken or oversized YAML, and for anything but a mapping.
    """
    try:
        _measure(text)
        document = yaml.load(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        if isinstance(error, BadRuleDocument):
            raise
        what = " ".join(str(error).split())[:200]
        raise BadRuleDocument(f"YAML として読めません({what})", f"not YAML ({what})") from error
    if not isinstance(document, dict):
        raise BadRuleDocument("項目と値の組ではありません", "not a mapping of keys to values")
    return document


def _measure(text: str) -> None:
    """Refuse a document whose expanded size or depth exceeds the limits, without building it."""
    sizes: dict[str, int] = {}
    open_nodes: list[tuple[str | None, int]] = []
    total = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            total += sizes.get(event.anchor or "", MOST_NODES + 1)
        elif isinstance(event, yaml.ScalarEvent):
            total += 1
            if event.anchor:
                sizes[event.anchor] = 1
        elif isinstance(event, yaml.CollectionStartEvent):
            total += 1
            open_nodes.append((event.anchor, total))
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = open_nodes.pop()
            if anchor:
                sizes[anchor] = total - before + 1
        if total > MOST_NODES or len(open_nodes) > MOST_DEPTH:
            raise BadRuleDocument(
                f"大きすぎるか、深すぎます(上限: 要素{MOST_NODES}、深さ{MOST_DEPTH})",
                f"too large or too deep (limits: {MOST_NODES} nodes, depth {MOST_DEPTH})",
            )


def facts_of(place: str, text: str) -> RuleFacts:
    """Return what a document says of itself.

    A rule without ``id`` gets one from the hash of its text, written into ``source`` so that the engine
    reads the same.

    Raises:
        BadRuleDocument: for broken or oversized YAML, and for a document that is no Sigma rule.
    """
    document = _loaded(text)
    kind = _kind(document)
    title = _text(document.get("title"), 300)
    if not title:
        raise BadRuleDocument("title がありません", "the title is missing")
    rule_id, source = _text(document.get("id"), 200), text.strip("\n") + "\n"
    if not rule_id:
        rule_id = str(uuid.uuid5(NAMESPACE, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()))
        source = f"id: {rule_id}\n{source}"
    if not IDENTIFIER.match(rule_id):
        raise BadRuleDocument(
            f"id「{rule_id[:80]}」に使えない文字があるか、長すぎます",
            "the id has signs that cannot be used, or is too long",
        )
    logsource = document.get("logsource")
    where: Mapping[Any, Any] = logsource if isinstance(logsource, Mapping) else {}
    tags = _texts(document.get("tags"))
    return RuleFacts(
        rule_id=rule_id,
        name=_text(document.get("name"), 200),
        kind=kind,
        title=title,
        level=_text(document.get("level"), 20).lower(),
        status=_text(document.get("status"), 20).lower(),
        author=_author(document.get("author")),
        licence=_text(document.get("license"), 120),
        description=_text(document.get("description"), 20_000),
        product=_text(where.get("product"), 60).lower(),
        category=_text(where.get("category"), 60).lower(),
        service=_text(where.get("service"), 60).lower(),
        tags=tags,
        techniques=tuple(dict.fromkeys(m.group(1).upper() for t in tags if (m := TECHNIQUE.match(t)))),
        tactics=tuple(dict.fromkeys(_tactics(tags))),
        false_positives=_texts(document.get("falsepositives")),
        fields=tuple(sorted(_fields(document.get("detection")))),
        source=source,
        sha256=hashlib.sha256(source.encode("utf-8", "replace")).hexdigest(),
        place=place,
    )


def _identifier_in(text: str) -> str:
    """Return the ``id`` line of a text that is no rule, for the report."""
    found = re.search(r"^id:[ \t]*[\"']?([0-9A-Za-z._:-]{1,80})", text, re.M)
    return found.group(1) if found else ""


def _kind(document: Mapping[str, Any]) -> RuleDocumentKind:
    for key, kind in (
        ("correlation", RuleDocumentKind.CORRELATION),
        ("filter", RuleDocumentKind.FILTER),
        ("detection", RuleDocumentKind.EVENT),
    ):
        if key in document:
            if not isinstance(document[key], Mapping):
                raise BadRuleDocument(f"{key} が項目と値の組ではありません", f"{key} is not a mapping")
            return kind
    raise BadRuleDocument(
        "detection、correlation、filter のどれもありません。Sigma ルールではないようです",
        "no detection, correlation or filter: this seems to be no Sigma rule",
    )


def _text(value: Any, most: int) -> str:
    """Return a scalar as text without signs that no database takes."""
    if value is None or isinstance(value, list | dict):
        return ""
    clean = str(value).replace("\x00", "").encode("utf-8", "replace").decode()
    return clean.strip()[:most]


def _texts(value: Any) -> tuple[str, ...]:
    """Return a list of scalars (or a lone one) as texts."""
    items = value if isinstance(value, list) else [value]
    return tuple(text for item in items if (text := _text(item, 500)))


def _author(value: Any) -> str:
    return ", ".join(_texts(value))[:400]


def _tactics(tags: Iterable[str]) -> Iterator[str]:
    for tag in tags:
        folded = tag.lower().replace("_", "-")
        if folded.startswith("attack.") and not NO_TACTIC.match(folded):
            yield folded.removeprefix("attack.")


def _fields(detection: Any) -> set[str]:
    """Return the names of the fields that the search identifiers ask, without their modifiers."""
    found: set[str] = set()
    if not isinstance(detection, Mapping):
        return found
    waiting = [value for key, value in detection.items() if key not in {"condition", "timeframe"}]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Mapping):
            found.update(name for key in node if (name := _text(key, 200).partition("|")[0]))
        elif isinstance(node, list):
            waiting.extend(node)
    return found
