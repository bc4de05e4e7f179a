"""Turns what somebody typed into a query: no character has a special meaning, nothing is refused."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from yui.kernel.search.engine.folding import bigrams, fold, runs
from yui.kernel.search.engine.morphemes import words as words_of
from yui.kernel.search.engine.schema import prefix_of, schema

_LONGEST_QUESTION = 400
_MOST_WORDS = 16
_MOST_SPELLINGS = 6
_MOST_TERMS = 48
_TITLE_WEIGHT = 3.0
WORD_WEIGHT = 2.0


@dataclass(frozen=True)
class Question:
    """A question taken apart.

    Attributes:
        words: for each typed word its spellings: as typed (folded), then with synonyms put in.
        needles: folded texts to mark in the results.
        forms: normalised forms to mark where no needle is found.
    """

    words: tuple[tuple[str, ...], ...]
    needles: tuple[str, ...]
    forms: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_empty(self) -> bool:
        """Whether nothing searchable was typed."""
        return not self.words


def understand(text: str, synonyms: Iterable[tuple[str, str]] = ()) -> Question:
    """Take ``text`` apart into words with their spellings; a very long text is cut."""
    pairs = [(fold(one), fold(other)) for one, other in synonyms]
    words = []
    for typed in dict.fromkeys(fold(text[:_LONGEST_QUESTION]).split()):
        if runs(typed):
            words.append(_spellings(typed, pairs))
    words = words[:_MOST_WORDS]
    every = [spelling for spellings in words for spelling in spellings]
    needles = {run: None for spelling in every for run in runs(spelling)}
    forms = set()
    for spelling in every:
        for word in words_of(spelling):
            forms.add(word.form)
            if word.end - word.start > 1:
                needles.setdefault(fold(spelling[word.start : word.end]))
    return Question(tuple(words), tuple(needles), frozenset(forms))


def _forms(text: str) -> list[str]:
    """Return the normalised forms of the words of ``text``, each once, in order."""
    return list(dict.fromkeys(word.form for word in words_of(text)))


def _spellings(word: str, pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return ``word`` and its forms in which one synonym stands for another."""
    found = {word: None}
    for one, other in pairs:
        for left, right in ((one, other), (other, one)):
            if left and left in word:
                found.setdefault(word.replace(left, right))
    return tuple(found)[:_MOST_SPELLINGS]


def either(queries: Sequence[Any], at_least: int = 1) -> Any:
    """Return the query for documents that match at least so many of ``queries``."""
    from tantivy import Occur, Query  # loaded on first use, see schema

    return Query.boolean_query(
        [(Occur.Should, query) for query in queries], minimum_number_should_match=at_least
    )


def _all(queries: Sequence[Any]) -> Any:
    from tantivy import Occur, Query  # loaded on first use, see schema

    return Query.boolean_query([(Occur.Must, query) for query in queries])


def in_title_or_body(suffix: str, terms: Sequence[str]) -> Any:
    """Return the query for ``terms`` side by side in the title or the body."""
    from tantivy import Query  # loaded on first use, see schema

    queries = []
    for part, weight in (("title", _TITLE_WEIGHT), ("body", 1.0)):
        name = f"{part}_{suffix}"
        query = (
            Query.phrase_query(schema(), name, list(terms))
            if len(terms) > 1
            else Query.term_query(schema(), name, terms[0], "basic" if suffix == "signs" else "freq")
        )
        queries.append(Query.boost_query(query, weight))
    return either(queries)


def _spelling_query(spelling: str) -> Any:
    """Return the query for one spelling: its words in any order, or its characters side by side."""
    from tantivy import Query  # loaded on first use, see schema

    letters = [
        in_title_or_body("grams", bigrams(run)) if len(run) > 1 else in_title_or_body("signs", [run])
        for run in runs(spelling)
    ]
    ways = [_all(letters)]
    terms = _forms(spelling)[:_MOST_TERMS]
    if terms:
        ways.append(
            Query.boost_query(_all([in_title_or_body("words", [term]) for term in terms]), WORD_WEIGHT)
        )
    return either(ways)


def strict_query(question: Question) -> Any:
    """Return the query that demands every typed word."""
    return _all([either([_spelling_query(spelling) for spelling in word]) for word in question.words])


def relaxed_query(question: Question) -> Any:
    """Return the query that demands a quarter of the words, or two fifths of the character pairs."""
    from tantivy import Query  # loaded on first use, see schema

    found = [run for word in question.words for spelling in word for run in runs(spelling)]
    terms = sorted(question.forms)[:_MOST_TERMS]
    pairs = list(dict.fromkeys(pair for run in found for pair in bigrams(run)))[:_MOST_TERMS]
    by_word = [Query.boost_query(in_title_or_body("words", [term]), WORD_WEIGHT) for term in terms]
    by_pair = [in_title_or_body("grams", [pair]) for pair in pairs]
    ways = []
    if by_word:
        ways.append(either(by_word, at_least=max(1, len(by_word) // 4)))
    if by_pair:
        ways.append(either(by_pair, at_least=max(1, len(by_pair) * 2 // 5)))
    return either(ways) if ways else Query.empty_query()


def beginning_query(text: str) -> Any | None:
    """Return the query for titles that begin with ``text``, or have a word that does; None for no text."""
    from tantivy import Query  # loaded on first use, see schema

    prefix = prefix_of(text[:_LONGEST_QUESTION])
    if not prefix:
        return None
    weights = {"starts": 2.0, "inner_starts": 1.0}
    return Query.disjunction_max_query(
        [
            Query.const_score_query(Query.term_query(schema(), name, prefix, "basic"), weight)
            for name, weight in weights.items()
        ]
    )
