"""The fields of the index and how a document fills them."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.metadata import version
from typing import Any

from yui.kernel.search.engine.folding import bigrams, fold, presentable, runs
from yui.kernel.search.engine.morphemes import spellings, words

FORMAT = 3
"""Raised whenever a field or the making of terms changes; an index of another format is built anew."""
_MOST_BODY = 100_000
_MOST_KEPT = 20_000
_LONGEST_PREFIX = 24
_MOST_INNER_STARTS = 12
EARLIEST, LATEST = date(1700, 1, 1), date(2250, 1, 1)
"""The index keeps nanoseconds in 64 bits, which reach from 1677 to 2262."""
PARTS = ("title", "body")
FACETS = ("kind", "organisation", "pillar", "tag")


@dataclass(frozen=True)
class Entry:
    """A document as the index takes it: the access terms say who may find it."""

    urn: str
    kind: str
    organisation: str
    pillar: str
    visibility: str
    access: tuple[str, ...]
    title: str
    body: str
    url: str
    at: datetime | None
    tags: tuple[str, ...]
    reading: str


@dataclass(frozen=True)
class Kept:
    """What the index keeps of a document to show it; ``at`` is ISO 8601, empty for none."""

    title: str
    body: str
    url: str
    visibility: str
    at: str
    tags: tuple[str, ...]


@cache
def fingerprint() -> str:
    """Return what an index must have been made with to be read by this installation."""
    parts = [f"{name} {version(name)}" for name in ("tantivy", "sudachipy", "sudachidict-small")]
    return f"format {FORMAT}; {'; '.join(parts)}"


@cache
def schema() -> Any:
    """Return the index's fields."""
    # Loaded on first use: most commands never search.
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("urn", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("access", tokenizer_name="raw", index_option="basic")
    for facet in FACETS:
        builder.add_text_field(facet, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    for part in PARTS:
        builder.add_text_field(f"{part}_words", tokenizer_name="whitespace", index_option="freq")
        builder.add_text_field(f"{part}_grams", tokenizer_name="whitespace", index_option="position")
        builder.add_text_field(f"{part}_signs", tokenizer_name="whitespace", index_option="basic")
        builder.add_text_field(f"{part}_kana", tokenizer_name="whitespace", index_option="position")
    for beginning in ("starts", "inner_starts"):
        builder.add_text_field(beginning, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("kept", stored=True)
    builder.add_date_field("at", fast=True)
    return builder.build()


def to_index(entry: Entry) -> Any:
    """Return ``entry`` as a document of the index."""
    import tantivy  # loaded on first use, see schema

    document = tantivy.Document()
    title, body = presentable(entry.title), presentable(entry.body[:_MOST_BODY])
    values: dict[str, Sequence[str]] = {
        "urn": [entry.urn],
        "access": entry.access,
        "kind": [entry.kind],
        "organisation": [entry.organisation],
        "pillar": [entry.pillar] if entry.pillar else [],
        "tag": [tag for tag in dict.fromkeys(map(presentable, entry.tags)) if tag.strip()],
        **_terms("title", "\n".join([title, *map(presentable, entry.tags), presentable(entry.reading)])),
        **_terms("body", body),
        **_beginnings(title, entry.reading),
    }
    for name, texts in values.items():
        for text in texts:
            document.add_text(name, text)
    kept = Kept(
        title,
        body[:_MOST_KEPT],
        entry.url,
        entry.visibility,
        entry.at.isoformat() if entry.at else "",
        entry.tags,
    )
    document.add_bytes("kept", json.dumps(asdict(kept), ensure_ascii=False).encode())
    if entry.at is not None and EARLIEST <= entry.at.date() <= LATEST:
        document.add_date("at", entry.at.astimezone(UTC))
    return document


def kept_of(document: Any) -> Kept:
    """Return what a found document shows of itself."""
    values = json.loads(bytes(document.get_first("kept")))
    return Kept(**{**values, "tags": tuple(values["tags"])})


def terms_known_to(searcher: Any) -> Callable[[str, str], int]:
    """Return a function that counts the documents with a term, by field suffix (``words``) and term.

    Titles and bodies are counted apart; the larger number is near enough for weighing.
    """

    def frequency(suffix: str, term: str) -> int:
        return max(searcher.doc_freq(f"{part}_{suffix}", term) for part in PARTS)

    return frequency


def _terms(part: str, text: str) -> dict[str, list[str]]:
    """Return the term fields of a title or body; each value is a text that whitespace separates."""
    found, said = runs(fold(text)), spellings(text)
    return {
        f"{part}_words": [" ".join(form for form, _reading in said)],
        f"{part}_kana": [" ".join(reading for _form, reading in said)],
        f"{part}_grams": [" ".join(bigrams(run)) for run in found if len(run) > 1],
        f"{part}_signs": [" ".join(dict.fromkeys("".join(found)))],
    }


def _beginnings(title: str, reading: str) -> dict[str, list[str]]:
    """Return every beginning of the title and its reading, and of the title from each further word on."""
    inner = [word.start for word in words(title[:200]) if word.start][:_MOST_INNER_STARTS]
    return {
        "starts": sorted({*_prefixes(title), *_prefixes(reading)}),
        "inner_starts": sorted({prefix for start in inner for prefix in _prefixes(title[start:])}),
    }


def _prefixes(text: str) -> list[str]:
    folded = prefix_of(text)
    return [folded[:length] for length in range(1, len(folded) + 1)]


def prefix_of(text: str) -> str:
    """Return what is compared while somebody types: letters and digits only, folded, bounded."""
    return "".join(runs(fold(text)))[:_LONGEST_PREFIX]
