"""Puts questions to one state of the index and turns what it holds into what readers are shown."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils.safestring import mark_safe

from yui.kernel.calendar_jp import today
from yui.kernel.policy import Actor, Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.scope.visibility import Visibility
from yui.kernel.search.engine.folding import fold
from yui.kernel.search.engine.likeness import most_telling
from yui.kernel.search.engine.limits import DATES, Limits
from yui.kernel.search.engine.queries import (
    any_query,
    mistypable,
    readings_of,
    strict_query,
    tolerant_query,
)
from yui.kernel.search.engine.questions import Question
from yui.kernel.search.engine.quotation import Marks, excerpt, marked
from yui.kernel.search.engine.schema import FACETS, kept_of, terms_known_to
from yui.kernel.search.recency import Recency, midnight
from yui.kernel.search.results import Facet, IndexState, Manner, SearchHit, SearchResults, Suggestion
from yui.kernel.search.sources import source_of

PAGE_SIZE = 20
_MOST_PAGES = 50
_FEW = 3
"""Below so many records a question is asked again with fewer demands."""
_PART_OF_TERMS = 6
_MOST_VALUES = {"kind": 200, "organisation": 200, "pillar": 200, "tag": 20}


def reader_terms(actor: Actor) -> tuple[str, ...] | None:
    """Return the access terms of a reader, the counterpart of ``visible_to``; None for one who sees all."""
    if actor.is_system:
        return None
    if not actor.is_member:
        return (str(Visibility.PUBLIC),)
    codes = sorted(actor.organisation_codes_with(Verb.VIEW))
    return (str(Visibility.PUBLIC), str(Visibility.WARDS), *(f"org:{code}" for code in codes))


def kind_title(kind: str) -> Any:
    """Return what people call a kind; the kind itself where no room registered it."""
    source = source_of(kind)
    return source.title if source else kind


def names_of_organisations() -> dict[str, str]:
    """Return the organisations' names in the reader's language, by code."""
    return {organisation.code: organisation.name for organisation in Organisation.objects.all()}


def hit_of(document: Any, score: float, marks: Marks, names: Mapping[str, str]) -> SearchHit:
    """Return a found document as readers see it."""
    kept, kind = kept_of(document), document.get_first("kind")
    organisation = document.get_first("organisation")
    return SearchHit(
        urn=document.get_first("urn"),
        kind=kind,
        kind_title=kind_title(kind),
        pillar=document.get_first("pillar") or "",
        organisation_code=organisation,
        organisation_name=names.get(organisation, organisation),
        visibility=kept.visibility,
        title=kept.title,
        title_html=mark_safe(marked(kept.title, marks)),  # noqa: S308 - marked() escapes
        excerpt_html=mark_safe(excerpt(kept.body, marks)),  # noqa: S308 - excerpt() escapes
        url=kept.url,
        at=datetime.fromisoformat(kept.at) if kept.at else None,
        tags=kept.tags,
        score=score,
    )


def suggestion_of(document: Any, marks: Marks) -> Suggestion:
    """Return a found document as it is offered while somebody types."""
    kept, kind = kept_of(document), document.get_first("kind")
    return Suggestion(
        urn=document.get_first("urn"),
        kind=kind,
        kind_title=kind_title(kind),
        title=kept.title,
        title_html=mark_safe(marked(kept.title, marks)),  # noqa: S308 - marked() escapes
        url=kept.url,
    )


class Ask:
    """One question put to one state of the index."""

    def __init__(self, searcher: Any, question: Question, limits: Limits, recency: str) -> None:
        self.searcher, self.question, self.limits, self.recency = searcher, question, limits, recency
        self.frequency = terms_known_to(searcher)
        self.query = strict_query(question, self.frequency)
        self.manner = Manner.EXACT

    def results(self, text: str, page: int) -> SearchResults:
        """Return the page, asking again with fewer demands where few records hold every word."""
        found = self._best(page)
        total = found.count or 0
        pages = min(_MOST_PAGES, max(1, -(-total // PAGE_SIZE)))
        if page > pages:
            page = pages
            found = self._ask(self.query, page)
        names = names_of_organisations()
        facets = self._facets(names)
        marks = self._marks()
        return SearchResults(
            text=text,
            state=IndexState.READY,
            manner=self.manner,
            total=total,
            page=max(1, page),
            pages=pages,
            hits=tuple(
                hit_of(self.searcher.doc(address), score, marks, names) for score, address in found.hits
            ),
            kinds=facets["kind"],
            organisations=facets["organisation"],
            pillars=facets["pillar"],
            tags=facets["tag"],
            recency=facets[DATES],
        )

    def _best(self, page: int) -> Any:
        """Ask for every word; where few records hold them, for words one edit away, then for some words."""
        found = self._ask(self.query, page)
        for manner, make in (
            (Manner.RESPELT, self._tolerant),
            (Manner.SOME_WORDS, self._some_words),
        ):
            if found.count >= _FEW or (manner is Manner.SOME_WORDS and not self._wants_some(found.count)):
                continue
            query = make()
            again = self._ask(query, page) if query is not None else found
            if again.count > found.count:
                found, self.query, self.manner = again, query, manner
        return found

    def _wants_some(self, count: int) -> bool:
        return self.question.is_sentence or not count

    def _tolerant(self) -> Any | None:
        return None if self.question.is_sentence else tolerant_query(self.question, self.frequency)

    def _some_words(self) -> Any:
        question = self.question
        words, pairs = most_telling(question.forms, question.pairs, self.frequency, self.searcher.num_docs)
        return any_query(words, pairs, at_least=max(1, (len(words) + len(pairs)) // _PART_OF_TERMS))

    def _ask(self, query: Any, page: int) -> Any:
        offset = (min(max(1, page), _MOST_PAGES) - 1) * PAGE_SIZE
        return self.searcher.search(self.limits.around(query), limit=PAGE_SIZE, count=True, offset=offset)

    def _marks(self) -> Marks:
        question = self.question
        readings = {
            reading
            for word in question.words
            for spelling in word
            for reading in readings_of(spelling, self.frequency)
        }
        mistyped = mistypable(question) if self.manner is Manner.RESPELT else ()
        forms = {form for form in question.forms if fold(form) not in question.needles}
        return Marks(question.needles, forms, readings, mistyped)

    def _facets(self, names: Mapping[str, str]) -> dict[str, tuple[Facet, ...]]:
        """Count each facet under the other facets' choices; facets without a choice share one reading."""
        titles: dict[str, Callable[[str], Any]] = {
            "kind": kind_title,
            "organisation": lambda code: names.get(code, code),
        }
        limits = self.limits
        chosen = [name for name in FACETS if limits.chosen.get(name)]
        chosen += [DATES] if limits.since or limits.until else []
        free = [name for name in (*FACETS, DATES) if name not in chosen]
        facets: dict[str, tuple[Facet, ...]] = {}
        for without, wanted in [("", free), *((name, [name]) for name in chosen)]:
            counted = [name for name in wanted if name != DATES]
            asked = {name: {"terms": {"field": name, "size": _MOST_VALUES[name]}} for name in counted}
            asked |= _counts_of_spans() if DATES in wanted else {}
            answer = self.searcher.aggregate(limits.around(self.query, without=without), asked)
            for name in counted:
                facets[name] = tuple(
                    Facet(
                        bucket["key"],
                        titles.get(name, str)(bucket["key"]),
                        int(bucket["doc_count"]),
                        bucket["key"] in limits.chosen.get(name, ()),
                    )
                    for bucket in answer[name]["buckets"]
                )
            if DATES in wanted:
                facets[DATES] = tuple(
                    Facet(span.value, span.label, int(answer[span.value]["doc_count"]), span == self.recency)
                    for span in Recency
                )
        return facets


def _counts_of_spans() -> dict[str, Any]:
    now = today()
    return {
        span.value: {
            "filter": f"at:[{midnight(span.first_day(now)).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} TO *]"
        }
        for span in Recency
    }
