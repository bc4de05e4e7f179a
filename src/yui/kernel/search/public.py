"""Asks the index, for one reader; the door for every other room."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import structlog
from django.utils.safestring import mark_safe

from yui.kernel.policy import Actor, Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.scope.visibility import Visibility
from yui.kernel.search.changes import mark_dirty
from yui.kernel.search.engine.questions import (
    Question,
    beginning_query,
    limited,
    relaxed_query,
    strict_query,
    understand,
)
from yui.kernel.search.engine.quotation import excerpt, marked
from yui.kernel.search.engine.schema import FACETS, kept_of, prefix_of
from yui.kernel.search.engine.store import BudgetExceeded, IndexBusy, IndexMissing
from yui.kernel.search.indexing import IndexReport, fold_in_few, rebuild, store, update
from yui.kernel.search.models import DirtyDocument, Synonym
from yui.kernel.search.results import Facet, IndexState, SearchHit, SearchResults, Suggestion
from yui.kernel.search.sources import SearchDocument, SearchSource, register_index, source_of

__all__ = [
    "Facet",
    "IndexReport",
    "IndexState",
    "SearchDocument",
    "SearchHit",
    "SearchResults",
    "SearchSource",
    "Suggestion",
    "mark_dirty",
    "rebuild",
    "register_index",
    "search",
    "suggest",
    "update",
]

PAGE_SIZE = 20
_MOST_PAGES = 50
_FOLD_AT_ONCE = 50
_BUILD_AT_ONCE_SECONDS = 5.0
_RETRY_AFTER_SECONDS = 600.0
_log = structlog.get_logger(__name__)


def reader_terms(actor: Actor) -> tuple[str, ...] | None:
    """Return the access terms of a reader, the counterpart of ``visible_to``; None for one who sees all."""
    if actor.is_system:
        return None
    if not actor.is_member:
        return (str(Visibility.PUBLIC),)
    codes = sorted(actor.organisation_codes_with(Verb.VIEW))
    return (str(Visibility.PUBLIC), str(Visibility.WARDS), *(f"org:{code}" for code in codes))


def search(
    actor: Actor,
    text: str,
    *,
    kinds: Sequence[str] = (),
    organisations: Sequence[str] = (),
    pillars: Sequence[str] = (),
    page: int = 1,
) -> SearchResults:
    """Return one page of the records that ``actor`` may see and that match ``text``, best first.

    No text is refused and no state of the index raises. Where no record holds every word, those that hold
    some are returned and ``is_relaxed`` says so.

    Args:
        actor: the reader; what may be seen is part of the query itself.
        text: the question as typed; no character has a special meaning.
        kinds, organisations, pillars: codes to keep; empty keeps all.
        page: from 1; a page beyond the last is the last.
    """
    question = understand(text, Synonym.objects.values_list("term", "equivalent"))
    if question.is_empty:
        return SearchResults(text=text, state=IndexState.READY)
    chosen = {"kind": tuple(kinds), "organisation": tuple(organisations), "pillar": tuple(pillars)}
    try:
        searcher, hidden = _ready_searcher()
        return _Ask(searcher, question, reader_terms(actor), chosen, hidden).results(text, page)
    except (BudgetExceeded, IndexBusy):
        return SearchResults(text=text, state=IndexState.PREPARING)
    except Exception:
        # Search is a side-car: whatever is wrong with it must not take a page down.
        _log.exception("search_failed")
        store().forget()
        return SearchResults(text=text, state=IndexState.UNAVAILABLE)


def suggest(actor: Actor, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
    """Return records that ``actor`` may see whose title, or a word in it, begins with ``text``."""
    try:
        query = beginning_query(text)
        if query is None:
            return ()
        searcher, hidden = _ready_searcher()
        found = searcher.search(limited(query, reader_terms(actor), {}, hidden), limit=limit, count=False)
        needles = (prefix_of(text),)
        return tuple(_suggestion(searcher.doc(address), needles) for _score, address in found.hits)
    except (BudgetExceeded, IndexBusy):
        return ()
    except Exception:
        # As in search(): typing goes on without suggestions.
        _log.exception("suggestions_failed")
        store().forget()
        return ()


def _ready_searcher() -> tuple[Any, list[str]]:
    """Return a searcher and the URNs that must stay hidden because their records have changed since.

    A missing index is built at once if that takes a few seconds; otherwise the next ``update`` builds it.
    """
    try:
        fold_in_few(_FOLD_AT_ONCE)
        searcher = store().searcher()
    except IndexBusy:
        searcher = store().searcher()
    except IndexMissing:
        _build_at_once()
        searcher = store().searcher()
    return searcher, list(DirtyDocument.objects.values_list("urn", flat=True))


def _build_at_once() -> None:
    if store().is_building_put_off:
        raise BudgetExceeded
    try:
        rebuild(wait_seconds=0, budget_seconds=_BUILD_AT_ONCE_SECONDS)
    except BudgetExceeded:
        store().put_off_building(_RETRY_AFTER_SECONDS)
        raise


def _suggestion(document: Any, needles: Sequence[str]) -> Suggestion:
    kept, kind = kept_of(document), document.get_first("kind")
    return Suggestion(
        urn=document.get_first("urn"),
        kind=kind,
        kind_title=_kind_title(kind),
        title=kept.title,
        title_html=mark_safe(marked(kept.title, needles)),  # noqa: S308 - marked() escapes
        url=kept.url,
    )


def _kind_title(kind: str) -> Any:
    source = source_of(kind)
    return source.title if source else kind


class _Ask:
    """One question put to one state of the index."""

    def __init__(
        self,
        searcher: Any,
        question: Question,
        access: tuple[str, ...] | None,
        chosen: Mapping[str, tuple[str, ...]],
        hidden: Sequence[str],
    ) -> None:
        self.searcher, self.question, self.access = searcher, question, access
        self.chosen, self.hidden = chosen, hidden
        self.query = strict_query(question)

    def _limited(self, *, without: str = "") -> Any:
        allowed = {name: values for name, values in self.chosen.items() if name != without}
        return limited(self.query, self.access, allowed, self.hidden)

    def results(self, text: str, page: int) -> SearchResults:
        """Return the page, asking again with fewer demands where no record holds every word."""
        found = self._ask(page)
        is_relaxed = not found.count
        if is_relaxed:
            self.query = relaxed_query(self.question)
            found = self._ask(page)
        total = found.count or 0
        pages = min(_MOST_PAGES, max(1, -(-total // PAGE_SIZE)))
        if page > pages:
            page = pages
            found = self._ask(page)
        names = {organisation.code: organisation.name for organisation in Organisation.objects.all()}
        facets = self._facets(names)
        return SearchResults(
            text=text,
            state=IndexState.READY,
            is_relaxed=is_relaxed and bool(total),
            total=total,
            page=max(1, page),
            pages=pages,
            hits=tuple(self._hit(self.searcher.doc(address), names) for _score, address in found.hits),
            kinds=facets["kind"],
            organisations=facets["organisation"],
            pillars=facets["pillar"],
        )

    def _ask(self, page: int) -> Any:
        offset = (min(max(1, page), _MOST_PAGES) - 1) * PAGE_SIZE
        return self.searcher.search(self._limited(), limit=PAGE_SIZE, count=True, offset=offset)

    def _facets(self, names: Mapping[str, str]) -> dict[str, tuple[Facet, ...]]:
        """Count each facet under the other facets' choices; facets without a choice share one reading."""
        titles: dict[str, Callable[[str], Any]] = {
            "kind": _kind_title,
            "organisation": lambda code: names.get(code, code),
            "pillar": str,
        }
        free = [name for name in FACETS if not self.chosen[name]]
        readings = [("", free), *((name, [name]) for name in FACETS if self.chosen[name])]
        facets = {}
        for without, wanted in readings:
            asked = {name: {"terms": {"field": name, "size": 200}} for name in wanted}
            answer = self.searcher.aggregate(self._limited(without=without), asked) if asked else {}
            for name, values in answer.items():
                facets[name] = tuple(
                    Facet(
                        bucket["key"],
                        titles[name](bucket["key"]),
                        int(bucket["doc_count"]),
                        bucket["key"] in self.chosen[name],
                    )
                    for bucket in values["buckets"]
                )
        return facets

    def _hit(self, document: Any, names: Mapping[str, str]) -> SearchHit:
        kept, kind = kept_of(document), document.get_first("kind")
        organisation = document.get_first("organisation")
        needles, forms = self.question.needles, self.question.forms
        return SearchHit(
            urn=document.get_first("urn"),
            kind=kind,
            kind_title=_kind_title(kind),
            pillar=document.get_first("pillar") or "",
            organisation_code=organisation,
            organisation_name=names.get(organisation, organisation),
            visibility=kept.visibility,
            title=kept.title,
            title_html=mark_safe(marked(kept.title, needles, forms)),  # noqa: S308 - marked() escapes
            excerpt_html=mark_safe(excerpt(kept.body, needles, forms)),  # noqa: S308 - excerpt() escapes
            url=kept.url,
            at=datetime.fromisoformat(kept.at) if kept.at else None,
            tags=kept.tags,
        )
