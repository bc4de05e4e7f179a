"""What a search answers."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import cached_property
from html import unescape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from yui.kernel.search.engine.limits import DATES
from yui.kernel.search.engine.quotation import Marks, excerpt, marked

_MARKS = re.compile("</?mark>")


class IndexState(Enum):
    """Whether the index could be asked."""

    READY = "ready"
    PREPARING = "preparing"
    UNAVAILABLE = "unavailable"


class Manner(Enum):
    """How much of the question the results hold."""

    EXACT = "exact"
    RESPELT = "respelt"
    SOME_WORDS = "some words"


@dataclass(frozen=True)
class SearchHit:
    """One found record; ``title_html`` and ``excerpt_html`` are escaped, found words in ``<mark>``.

    They and the organisation's name are made when they are first read: who asks for keys alone does not wait
    for them. ``score`` (BM25, and how close the words stand; higher is better) compares the records of one
    answer, nothing beyond it.
    """

    urn: str
    kind: str
    kind_title: Any
    pillar: str
    organisation_code: str
    visibility: str
    title: str
    url: str
    at: datetime | None
    tags: tuple[str, ...]
    score: float
    body: str = field(repr=False)
    marks: Marks = field(repr=False)
    names: Callable[[], Mapping[str, str]] = field(repr=False)

    @cached_property
    def organisation_name(self) -> str:
        """The owner's name in the reader's language."""
        return self.names().get(self.organisation_code, self.organisation_code)

    @cached_property
    def title_html(self) -> SafeString:
        """The title with the found words marked."""
        return mark_safe(marked(self.title, self.marks))  # noqa: S308 - marked() escapes

    @cached_property
    def excerpt_html(self) -> SafeString:
        """The part of the body that says most, with the found words marked."""
        return mark_safe(excerpt(self.body, self.marks))  # noqa: S308 - excerpt() escapes

    @property
    def excerpt(self) -> str:
        """The excerpt as plain text."""
        return unescape(_MARKS.sub("", self.excerpt_html))


@dataclass(frozen=True)
class Facet:
    """A value by which results can be narrowed, with the number of results it would leave."""

    code: str
    title: Any
    count: int
    is_selected: bool


Facets = Mapping[str, tuple[Facet, ...]]
"""Facets by the field of the index (``kind``), and ``DATES``."""


@dataclass(frozen=True)
class SearchResults:
    """One page of results.

    Attributes:
        text: the question as typed.
        state: READY, or why there are no results: the index is being prepared or cannot be read.
        manner: whether the results hold every word, words one letter away, or only some of the words.
        total: number of results over all pages.
        page, pages: this page, from 1, and how many there are (at least 1).
        count_facets: counts the facets, which is done when one of them is first read.
    """

    text: str
    state: IndexState
    manner: Manner = Manner.EXACT
    total: int = 0
    page: int = 1
    pages: int = 1
    hits: tuple[SearchHit, ...] = ()
    count_facets: Callable[[], Facets] = field(default=dict, repr=False)

    @cached_property
    def _facets(self) -> Facets:
        return self.count_facets()

    @property
    def kinds(self) -> tuple[Facet, ...]:
        """The kinds of the results; like all facets counted under the other facets' choices."""
        return self._facets.get("kind", ())

    @property
    def organisations(self) -> tuple[Facet, ...]:
        """The owners of the results."""
        return self._facets.get("organisation", ())

    @property
    def pillars(self) -> tuple[Facet, ...]:
        """The pillars of the results."""
        return self._facets.get("pillar", ())

    @property
    def tags(self) -> tuple[Facet, ...]:
        """Of the tags of the results those that most of them have."""
        return self._facets.get("tag", ())

    @property
    def recency(self) -> tuple[Facet, ...]:
        """Spans of time up to now, by ``Recency``."""
        return self._facets.get(DATES, ())

    @property
    def is_relaxed(self) -> bool:
        """Whether few records held every word, so that records with some of them are shown."""
        return self.manner is Manner.SOME_WORDS

    @property
    def is_respelt(self) -> bool:
        """Whether few records held the words as typed, so that words one letter away are shown."""
        return self.manner is Manner.RESPELT


@dataclass(frozen=True)
class Suggestion:
    """A record offered while somebody types; ``title_html`` is escaped and marked."""

    urn: str
    kind: str
    kind_title: Any
    title: str
    title_html: str
    url: str
