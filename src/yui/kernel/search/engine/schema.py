"""The fields of the index, and what it keeps of a document."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.metadata import version
from typing import Any

from yui.kernel.search.engine.folding import fold, runs

FORMAT = 4
"""Raised whenever a field or the making of terms changes; an index of another format is built anew."""
_LONGEST_PREFIX = 24
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
        builder.add_text_field(f"{part}_senses", tokenizer_name="whitespace", index_option="basic")
    for beginning in ("starts", "inner_starts"):
        builder.add_text_field(beginning, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("kept", stored=True)
    builder.add_date_field("at", fast=True)
    return builder.build()


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


def prefix_of(text: str) -> str:
    """Return what is compared while somebody types: letters and digits only, folded, bounded."""
    return "".join(runs(fold(text)))[:_LONGEST_PREFIX]
