"""YAML texts to correlation documents: read safely, brought to pySigma's shape, each change noted."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import yaml
from sigma.exceptions import SigmaError
from sigma.rule.base import SigmaYAMLLoader, check_alias_expansion

LARGEST_TEXT = 2**20
LONGEST_CONDITION = 4_000

_LISTS = ("references", "falsepositives", "tags", "fields")
_UPPER_WORDS = re.compile(r"\b(AND|OR|NOT)\b")


class CorrelationNotRead(ValueError):
    """A correlation document cannot be run; the message says why and what to do, in Japanese and English."""


@dataclass
class Document:
    """One YAML document of a correlation.

    Attributes:
        identifier: its id in lower case; else its name; else a hash of its content.
        content: what pySigma reads, after normalising.
        notes: what was changed.
        problem: why it cannot be read, empty when it can.
    """

    identifier: str
    title: str
    content: dict[str, Any]
    name: str = ""
    notes: list[str] = field(default_factory=list)
    problem: str = ""


@dataclass
class Documents:
    """Everything found in some texts.

    Attributes:
        correlations: documents with a ``correlation`` part.
        detections: name or id of each detection document → the id by which its matches are known.
        broken: texts that are no YAML: where, and why.
    """

    correlations: list[Document] = field(default_factory=list)
    detections: dict[str, str] = field(default_factory=dict)
    broken: list[tuple[str, str]] = field(default_factory=list)


def read_documents(texts: Iterable[str]) -> Documents:
    """Return the correlation documents of YAML texts; other documents only lend their names."""
    found = Documents()
    for position, text in enumerate(texts, start=1):
        try:
            documents = list(_documents(text))
        except CorrelationNotRead as error:
            found.broken.append((f"#{position}", str(error)))
            continue
        for content in documents:
            if "correlation" in content:
                found.correlations.append(_normalised(content))
            elif "detection" in content:
                _lend_names(content, found.detections)
    return found


def _documents(text: str) -> Iterator[dict[str, Any]]:
    if len(text) > LARGEST_TEXT:
        raise CorrelationNotRead(
            f"{len(text):,} 文字あり、上限の {LARGEST_TEXT:,} を超えます。ファイルを分けてください。 "
            f"The text has {len(text):,} characters, more than {LARGEST_TEXT:,}: split the file."
        )
    try:
        # SigmaYAMLLoader is a safe loader that also refuses duplicate keys.
        parsed = list(yaml.load_all(text, SigmaYAMLLoader))
        for content in parsed:
            check_alias_expansion(content)
    except (yaml.YAMLError, SigmaError, ValueError, TypeError, RecursionError) as error:
        reason = str(error)[:300] or type(error).__name__
        raise CorrelationNotRead(
            f"YAMLとして読めません({reason})。該当の行を直してください。 "
            f"Not readable as YAML ({reason}): correct the line."
        ) from error
    yield from (content for content in parsed if isinstance(content, dict))


def _lend_names(content: dict[str, Any], names: dict[str, str]) -> None:
    """Make a detection document known by its id and name."""
    identifier, name = _text(content.get("id")).lower(), _text(content.get("name"))
    own = identifier or name
    for key in (identifier, name):
        if key:
            names.setdefault(key, own)


def _normalised(content: dict[str, Any]) -> Document:
    """Return a correlation document in pySigma's shape, telling each change."""
    identifier, name = _text(content.get("id")).lower(), _text(content.get("name"))
    digest = hashlib.sha256(repr(content).encode(errors="replace")).hexdigest()[:32]
    document = Document(identifier or name or digest, _text(content.get("title")), dict(content), name)
    _read_lists(document)
    _read_identifier(document, identifier)
    _read_condition_words(document)
    return document


def _read_lists(document: Document) -> None:
    for key in _LISTS:
        value = document.content.get(key)
        if isinstance(value, str):
            document.content[key] = [value]
            document.notes.append(
                f"{key} は一覧であるべきところ文字列なので、1件の一覧として読みました。 "
                f"{key} is a text where a list belongs; read as a list of one."
            )


def _read_identifier(document: Document, identifier: str) -> None:
    """Take an id that is no UUID as it is: the specification recommends UUIDs and does not require them."""
    if not identifier:
        return
    try:
        UUID(identifier)
    except ValueError:
        del document.content["id"]
        document.notes.append(
            f"id「{identifier[:80]}」はUUIDではありませんが、そのまま使います。 "
            f"The id {identifier[:80]!r} is no UUID; used as it is."
        )


def _read_condition_words(document: Document) -> None:
    """Lower AND, OR and NOT, which the specification's own example writes in capitals and pySigma refuses."""
    part = document.content.get("correlation")
    condition = part.get("condition") if isinstance(part, dict) else None
    if not isinstance(part, dict) or not isinstance(condition, str):
        return
    if len(condition) > LONGEST_CONDITION:
        document.problem = (
            f"条件が {len(condition):,} 文字あり、上限の {LONGEST_CONDITION:,} を超えます。 "
            f"The condition has {len(condition):,} characters, more than {LONGEST_CONDITION:,}."
        )
        return
    lowered = _UPPER_WORDS.sub(lambda word: word.group().lower(), condition)
    if lowered != condition:
        document.content["correlation"] = {**part, "condition": lowered}
        document.notes.append(
            "条件の AND・OR・NOT を小文字として読みました。 "
            "AND, OR and NOT in the condition were read in lower case."
        )


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int | UUID) else ""
