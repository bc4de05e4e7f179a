"""Puts questions to one state of the index and turns what it holds into what readers are shown."""

from collections.abc import Callable, Mapping
from datetime import UTC
from functools import cache
from typing import Any

from yui.kernel.calendar_jp import today
from yui.kernel.policy import Actor, Verb
from yui.kernel.scope.visibility import Visibility
from yui.kernel.search.engine.closeness import closeness, weight_of
from yui.kernel.search.engine.folding import fold
from yui.kernel.search.engine.likeness import most_telling, telling_senses, with_absent
from yui.kernel.search.engine.limits import DATES, Limits
from yui.kernel.search.engine.queries import (
    any_query,
    mistypable,
    readings_of,
    strict_query,
    tolerant_query,
)
from yui.kernel.search.engine.questions import Question
from yui.kernel.search.engine.quotation import Marks
from yui.kernel.search.engine.schema import FACETS, Kept, kept_of, terms_known_to
from yui.kernel.search.recency import Recency, midnight
from yui.kernel.search.results import Facet, Facets, IndexState, Manner, SearchResults
from yui.kernel.search.showing import hit_of, kind_title, names_of_organisations

PAGE_SIZE = 20
_MOST_PAGES = 50
_FEW = 3
"""Below so many records a question is asked again with fewer demands."""
_PART_OF_TERMS = 6
_COMPARED = 2 * PAGE_SIZE
"""Of so many records with some of the words it is looked up how close the words stand."""
_CLOSENESS_WEIGHT = 2.0
_MOST_VALUES = {"kind": 200, "organisation": 200, "pillar": 200, "tag": 20}


def reader_terms(actor: Actor) -> tuple[str, ...] | None:
    """Return the access terms of a reader, the counterpart of ``visible_to``; None for one who sees all."""
    if actor.is_system:
        return None
    if not actor.is_member:
        return (str(Visibility.PUBLIC),)
    codes = sorted(actor.organisation_codes_with(Verb.VIEW))
    return (str(Visibility.PUBLIC), str(Visibility.WARDS), *(f"org:{code}" for code in codes))


class Ask:
    """One question put to one state of the index."""

    def __init__(self, searcher: Any, question: Question, limits: Limits, recency: str) -> None:
        self.searcher, self.question, self.limits, self.recency = searcher, question, limits, recency
        self.frequency = terms_known_to(searcher)
        self.query = strict_query(question, self.frequency)
        self.manner = Manner.EXACT
        self.first: list[Any] = []

    def results(self, text: str, page: int) -> SearchResults:
        """Return the page, asking again with fewer demands where few records hold every word."""
        total = self._choose()
        pages = min(_MOST_PAGES, max(1, -(-total // PAGE_SIZE)))
        page = min(max(1, page), pages)
        marks, names = self._marks(), cache(names_of_organisations)
        return SearchResults(
            text=text,
            state=IndexState.READY,
            manner=self.manner,
            total=total,
            page=page,
            pages=pages,
            hits=tuple(hit_of(*found, marks, names) for found in self._hits(page)),
            count_facets=lambda: self._facets(names()),
        )

    def _choose(self) -> int:
        """Ask for every word; where few records hold them, for words one edit away, then for some words.

        Sets ``query`` and ``manner`` to what is shown, ``first`` to its first records; returns the number.
        """
        count = self._ask(self.query)
        for manner, make in (
            (Manner.RESPELT, self._tolerant),
            (Manner.SOME_WORDS, self._some_words),
        ):
            if count >= _FEW or (manner is Manner.SOME_WORDS and not self._wants_some(count)):
                continue
            before, query = self.first, make()
            again = self._ask(query) if query is not None else count
            if again > count:
                count, self.query, self.manner = again, query, manner
            else:
                self.first = before
        return count

    def _wants_some(self, count: int) -> bool:
        return self.question.is_sentence or not count

    def _tolerant(self) -> Any | None:
        return None if self.question.is_sentence else tolerant_query(self.question, self.frequency)

    def _some_words(self) -> Any:
        question, total = self.question, self.searcher.num_docs
        words, pairs = most_telling(question.forms, question.pairs, self.frequency, total)
        at_least = max(1, (len(words) + len(pairs)) // _PART_OF_TERMS)
        words = with_absent(words, question.forms, self.frequency)
        senses = telling_senses(words, question.senses, self.frequency, total)
        return any_query(words, pairs, senses, at_least=at_least)

    def _ask(self, query: Any) -> int:
        """Keep the first records of ``query`` and return how many there are."""
        found = self.searcher.search(self.limits.around(query), limit=_COMPARED, count=True)
        self.first = found.hits
        return found.count or 0

    def _hits(self, page: int) -> list[tuple[float, Any, Kept]]:
        """Return the score of each document of a page, the document, and what the index keeps of it."""
        offset = (page - 1) * PAGE_SIZE
        if offset >= _COMPARED:
            query = self.limits.around(self.query)
            hits = self.searcher.search(query, limit=PAGE_SIZE, count=False, offset=offset).hits
        elif self.manner is Manner.SOME_WORDS:
            return self._closest_first()[offset : offset + PAGE_SIZE]
        else:
            hits = self.first[offset : offset + PAGE_SIZE]
        found = [(score, self.searcher.doc(address)) for score, address in hits]
        return [(score, document, kept_of(document)) for score, document in found]

    def _closest_first(self) -> list[tuple[float, Any, Kept]]:
        """Return the first records, those before the others in which the words of the question are close."""
        total = self.searcher.num_docs
        weights = {
            word: weight_of(documents, total)
            for word, form in self.question.written.items()
            if (documents := self.frequency("words", form))
        }
        rated = []
        for score, address in self.first:
            document = self.searcher.doc(address)
            kept = kept_of(document)
            near = closeness(f"{kept.title}\n{kept.body}", weights)
            rated.append((score + _CLOSENESS_WEIGHT * near, document, kept))
        return sorted(rated, key=lambda one: -one[0])

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

    def _facets(self, names: Mapping[str, str]) -> Facets:
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
