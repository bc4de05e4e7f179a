"""Elasticsearch's ``_bulk``: lines of action and document in turn.

Source: Elastic, "Bulk API". Some senders put blank lines between the pairs; they are passed over.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import orjson

from yui.security.soc.engine.records import LogRecord, Rejected
from yui.security.soc.formats.json_text import record_of_json
from yui.security.soc.formats.limits import DEFAULT_LIMITS, ReadLimits
from yui.security.soc.formats.objects import record_of_object
from yui.security.soc.formats.rejecting import rejected
from yui.security.soc.formats.text import text_of

WRITING = ("index", "create")
OTHER = ("update", "delete")
# What most senders write, known without parsing.
PLAIN_ACTIONS = {b'{"create":{}}': ("create", "", ""), b'{"index":{}}': ("index", "", "")}


class BulkItem(NamedTuple):
    """One action of a request, in its order, as the answer lists them.

    Attributes:
        action: ``index``, ``create``, ``update`` or ``delete``; empty where the action line is unreadable.
        index_name: the index that it names, empty if none.
        identifier: ``_id``, empty if none.
        raw: the action line, a newline and the document: what ``bulk_record`` takes.
        rejected: why it is not taken; None if it is.
    """

    action: str
    index_name: str
    identifier: str
    raw: bytes
    rejected: Rejected | None


def split_bulk(body: bytes, *, limits: ReadLimits = DEFAULT_LIMITS) -> Iterator[BulkItem]:
    """The items of a request's body. Events are never changed or deleted: ``update`` and ``delete`` are
    rejected."""
    number = 0
    lines = ((position, line) for position, line in enumerate(body.split(b"\n"), 1) if line.strip())
    for position, line in lines:
        number += 1
        place = f"#{number}"
        action, index, identifier = _action(line)
        if not action:
            why = f"line {position}"
            yield BulkItem("", "", "", line, rejected(place, "bad_bulk", line, why=why))
            continue
        document = b"" if action == "delete" else next(lines, (0, b""))[1].strip()
        raw = line.strip() + b"\n" + document
        problem = None
        if action in OTHER:
            problem = rejected(place, "bad_bulk", raw, why=action)
        elif not document:
            problem = rejected(place, "bad_bulk", raw, why=f"line {position}: no document")
        elif len(document) > limits.record_bytes:
            problem = rejected(place, "too_long", document, limit=limits.record_bytes)
        yield BulkItem(action, index, identifier, raw, problem)


def _action(line: bytes) -> tuple[str, str, str]:
    """The action, index and identifier of an action line; three empty texts where it is none."""
    usual = PLAIN_ACTIONS.get(line)
    if usual is not None:
        return usual
    try:
        value = orjson.loads(line)
    except ValueError:
        return "", "", ""
    if type(value) is not dict or len(value) != 1:
        return "", "", ""
    action, about = next(iter(value.items()))
    if action not in WRITING and action not in OTHER:
        return "", "", ""
    if type(about) is not dict:
        return action, "", ""
    index, identifier = about.get("_index"), about.get("_id")
    return (
        action,
        index if type(index) is str else "",
        identifier[:512] if type(identifier) is str else str(identifier) if type(identifier) is int else "",
    )


def bulk_record(raw: bytes, place: str, limits: ReadLimits = DEFAULT_LIMITS) -> LogRecord | Rejected:
    """The record of one pair of action line and document; ``_id`` is its identifier."""
    head, _, document = raw.partition(b"\n")
    action, _, identifier = _action(head)
    if action not in WRITING or not document:
        return rejected(place, "bad_bulk", raw, why=action or "no action line")
    record = record_of_json(text_of(document), place, limits=limits)
    if isinstance(record, LogRecord) and identifier:
        return record._replace(identifier=identifier)
    return record


def documents_of(raws: Sequence[bytes]) -> list[bytes] | None:
    """The documents of pairs of action line and document where each is to be written, else None."""
    documents = []
    for raw in raws:
        head, _, document = raw.partition(b"\n")
        if document[:1] != b"{" or b"\n" in document:
            return None
        if _action(head)[0] not in WRITING:
            return None
        documents.append(document)
    return documents


def record_of_document(
    value: dict[str, Any], raw: bytes, place: str, limits: ReadLimits = DEFAULT_LIMITS
) -> LogRecord | Rejected:
    """As ``bulk_record``, of a document that ``documents_of`` gave and whose JSON is parsed already.

    Args:
        value: the parsed document; it may be changed and become the record's fields.
    """
    head, _, document = raw.partition(b"\n")
    record = record_of_object(value, document.decode(), place, limits=limits)
    identifier = _action(head)[2]
    if isinstance(record, LogRecord) and identifier:
        return record._replace(identifier=identifier)
    return record
