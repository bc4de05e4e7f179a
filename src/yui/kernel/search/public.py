"""Asks the index, for one reader; the door for every other room."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, TypeVar

import structlog

from yui.kernel.calendar_jp import today
from yui.kernel.policy import Actor
from yui.kernel.search.asking import Ask, reader_terms
from yui.kernel.search.changes import mark_dirty
from yui.kernel.search.engine.likeness import gist
from yui.kernel.search.engine.limits import Limits
from yui.kernel.search.engine.queries import any_query, beginning_query
from yui.kernel.search.engine.questions import understand
from yui.kernel.search.engine.quotation import Marks
from yui.kernel.search.engine.schema import kept_of, prefix_of, terms_known_to
from yui.kernel.search.engine.store import BudgetExceeded, IndexBusy
from yui.kernel.search.indexing import IndexReport, rebuild, store, update
from yui.kernel.search.models import Synonym
from yui.kernel.search.readiness import ready_searcher
from yui.kernel.search.recency import Recency, midnight
from yui.kernel.search.results import Facet, IndexState, Manner, SearchHit, SearchResults, Suggestion
from yui.kernel.search.showing import hit_of, names_of_organisations, suggestion_of
from yui.kernel.search.sources import SearchDocument, SearchSource, register_index

__all__ = [
    "Facet",
    "IndexReport",
    "IndexState",
    "Manner",
    "Recency",
    "SearchDocument",
    "SearchHit",
    "SearchResults",
    "SearchSource",
    "Suggestion",
    "mark_dirty",
    "rebuild",
    "register_index",
    "search",
    "similar",
    "suggest",
    "update",
]

_log = structlog.get_logger(__name__)
_Answer = TypeVar("_Answer")


def _answered(ask: Callable[[], _Answer], preparing: _Answer, unavailable: _Answer) -> _Answer:
    """Return what ``ask`` returns, or what stands for it while the index cannot be asked.

    Search is a side-car: whatever is wrong with it must not take a page down.
    """
    try:
        return ask()
    except (BudgetExceeded, IndexBusy):
        return preparing
    except Exception:
        _log.exception("search_failed")
        store().forget()
        return unavailable


def search(
    actor: Actor,
    text: str,
    *,
    kinds: Sequence[str] = (),
    organisations: Sequence[str] = (),
    pillars: Sequence[str] = (),
    tags: Sequence[str] = (),
    recency: str = "",
    since: date | None = None,
    until: date | None = None,
    page: int = 1,
) -> SearchResults:
    """Return one page of the records that ``actor`` may see and that match ``text``, best first.

    No text is refused and no state of the index raises. A word finds its other spellings and synonyms, and
    what is typed in kana finds the words that are read so. Where few records hold every word, words one
    letter away are found too; where none does, or a whole sentence was typed, records with the most telling
    words. ``manner`` says so.

    Args:
        actor: the reader; what may be seen is part of the query itself.
        text: the question as typed; no character has a special meaning.
        kinds, organisations, pillars, tags: codes to keep; empty keeps all.
        recency: a value of ``Recency``, to keep records dated in that span; anything else keeps all.
        since, until: the first and last day of the records to keep; records without a date are left out.
        page: from 1; a page beyond the last is the last.
    """
    question = understand(text, Synonym.objects.values_list("term", "equivalent"))
    if question.is_empty:
        return SearchResults(text=text, state=IndexState.READY)
    chosen = {"kind": kinds, "organisation": organisations, "pillar": pillars, "tag": tags}

    def ask() -> SearchResults:
        searcher, hidden = ready_searcher()
        first, after = _moments(recency, since, until)
        limits = Limits(reader_terms(actor), chosen, first, after, hidden)
        found = Ask(searcher, question, limits, recency).results(text, page)
        return replace(found, count_facets=lambda: _answered(found.count_facets, {}, {}))

    return _answered(
        ask,
        SearchResults(text=text, state=IndexState.PREPARING),
        SearchResults(text=text, state=IndexState.UNAVAILABLE),
    )


def _moments(recency: str, since: date | None, until: date | None) -> tuple[datetime | None, datetime | None]:
    """Return the moments between which records must be dated; the later of two beginnings counts."""
    days = [since] if since else []
    if recency in Recency.values:
        days.append(Recency(recency).first_day(today()))
    after = until + timedelta(days=1) if until and until < date.max else None
    return midnight(max(days)) if days else None, midnight(after) if after else None


def similar(
    actor: Actor,
    text: str,
    *,
    kinds: Sequence[str] = (),
    organisations: Sequence[str] = (),
    limit: int = 5,
    exclude: Sequence[str] = (),
) -> tuple[SearchHit, ...]:
    """Return the records that ``actor`` may see and that are most like a whole text, the likest first.

    Any of the most telling words of ``text`` may stand in a record; records with more and rarer ones come
    first. The likeness is one of words: offer the records, and never decide by them alone. It never raises;
    while the index cannot be asked, nothing is like the text.

    Args:
        actor: the reader; what may be seen is part of the query itself.
        text: title and body as typed; the first 8,000 characters count.
        kinds, organisations: codes to keep; empty keeps all.
        limit: how many records at most, up to 50.
        exclude: URNs of records to leave out, such as that of the text itself.
    """

    def ask() -> tuple[SearchHit, ...]:
        searcher, hidden = ready_searcher()
        found = gist(text, terms_known_to(searcher), searcher.num_docs)
        if not found.words and not found.pairs:
            return ()
        allowed = {"kind": tuple(kinds), "organisation": tuple(organisations)}
        limits = Limits(reader_terms(actor), allowed, hidden=[*hidden, *exclude])
        query = limits.around(any_query(found.words, found.pairs, found.senses))
        names, marks = cache(names_of_organisations), Marks(found.needles, found.forms)
        return tuple(
            hit_of(score, document, kept_of(document), marks, names)
            for score, document in _documents(searcher, query, max(1, min(limit, 50)))
        )

    return _answered(ask, (), ())


def _documents(searcher: Any, query: Any, limit: int) -> Iterator[tuple[float, Any]]:
    for score, address in searcher.search(query, limit=limit, count=False).hits:
        yield score, searcher.doc(address)


def suggest(actor: Actor, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
    """Return records that ``actor`` may see whose title, or a word in it, begins with ``text``."""

    def ask() -> tuple[Suggestion, ...]:
        query = beginning_query(text)
        if query is None:
            return ()
        searcher, hidden = ready_searcher()
        limits = Limits(reader_terms(actor), hidden=hidden)
        found = searcher.search(limits.around(query), limit=limit, count=False)
        marks = Marks((prefix_of(text),))
        return tuple(suggestion_of(searcher.doc(address), marks) for _score, address in found.hits)

    return _answered(ask, (), ())
