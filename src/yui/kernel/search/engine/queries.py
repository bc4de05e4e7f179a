"""Makes queries of questions: all words, all words one edit away, or what tells most."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from yui.kernel.search.engine.folding import bigrams, fold, runs
from yui.kernel.search.engine.morphemes import words as words_of
from yui.kernel.search.engine.questions import Question, is_kana
from yui.kernel.search.engine.readings import split_reading
from yui.kernel.search.engine.schema import PARTS, prefix_of, schema

Frequency = Callable[[str, str], int]
"""Number of documents that hold a term, by field suffix (``words``, ``grams``, ``kana``) and term."""
_MOST_TERMS = 48
_TITLE_WEIGHT = 3.0
_WORD_WEIGHT = 2.0
_SHORTEST_MISTYPED = 4
_KANJI = re.compile(r"[\u3400-\u9fff]")


def _either(queries: Sequence[Any], at_least: int = 1) -> Any:
    from tantivy import Occur, Query  # loaded on first use, see schema

    return Query.boolean_query(
        [(Occur.Should, query) for query in queries], minimum_number_should_match=at_least
    )


def _all(queries: Sequence[Any]) -> Any:
    from tantivy import Occur, Query  # loaded on first use, see schema

    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _in_parts(suffix: str, terms: Sequence[str]) -> list[Any]:
    """Return one query for the title and one for the body: ``terms`` side by side."""
    from tantivy import Query  # loaded on first use, see schema

    queries = []
    for part, weight in zip(PARTS, (_TITLE_WEIGHT, 1.0), strict=True):
        name = f"{part}_{suffix}"
        query = (
            Query.phrase_query(schema(), name, list(terms))
            if len(terms) > 1
            else Query.term_query(schema(), name, terms[0], "basic" if suffix == "signs" else "freq")
        )
        queries.append(Query.boost_query(query, weight))
    return queries


def _in_title_or_body(suffix: str, terms: Sequence[str]) -> Any:
    return _either(_in_parts(suffix, terms))


@lru_cache(maxsize=1024)
def _forms(text: str) -> tuple[str, ...]:
    """Return the normalised forms of the words of ``text``, each once, in order."""
    return tuple(dict.fromkeys(word.form for word in words_of(text)))


def readings_of(spelling: str, frequency: Frequency) -> tuple[str, ...]:
    """Return the readings of which a spelling in kana is made; empty for other spellings."""
    if not is_kana(spelling):
        return ()
    return split_reading(fold(spelling), lambda piece: frequency("kana", piece) > 0)


def _spelling_query(spelling: str, frequency: Frequency, *, is_whole: bool = False) -> Any:
    """Return the query for one spelling: its characters side by side, its words, or its reading.

    ``is_whole`` leaves out what stands inside a word.
    """
    from tantivy import Query  # loaded on first use, see schema

    letters = [
        _in_title_or_body("grams", bigrams(run)) if len(run) > 1 else _in_title_or_body("signs", [run])
        for run in runs(fold(spelling))
    ]
    ways = [] if is_whole else [_all(letters)]
    terms = _forms(spelling)[:_MOST_TERMS]
    readings = readings_of(spelling, frequency)
    if readings:
        ways.append(_in_title_or_body("kana", readings))
    # What is found inside a word in kana is mostly not what was meant.
    if terms and not (is_kana(spelling) and len(terms) > 1):
        ways.append(
            Query.boost_query(_all([_in_title_or_body("words", [term]) for term in terms]), _WORD_WEIGHT)
        )
    return _either(ways or [_all(letters)])


def _word_queries(word: Sequence[str], frequency: Frequency) -> list[Any]:
    """Return a query for each spelling; a synonym of Latin letters (AI) must stand as a whole word."""
    return [
        _spelling_query(spelling, frequency, is_whole=spelling != word[0] and spelling.isascii())
        for spelling in word
    ]


def strict_query(question: Question, frequency: Frequency) -> Any:
    """Return the query that demands every typed word, in one of its spellings."""
    return _all([_either(_word_queries(word, frequency)) for word in question.words])


def mistypable(question: Question) -> tuple[str, ...]:
    """Return the words that are long enough to be known with one letter wrong, missing or too many."""
    return tuple(form for form in question.forms if len(form) >= _SHORTEST_MISTYPED)


def tolerant_query(question: Question, frequency: Frequency) -> Any | None:
    """Return the query that demands every typed word, each perhaps with one edit; None if all are short."""
    respelt = {word[0]: list(_one_edit_away(word[0])) for word in question.words}
    if not any(respelt.values()):
        return None
    return _all([_either(_word_queries(word, frequency) + respelt[word[0]]) for word in question.words])


def _one_edit_away(spelling: str) -> Iterator[Any]:
    """Yield queries for ``spelling`` with one edit: in one of its words, or in its run of characters."""
    from tantivy import Query  # loaded on first use, see schema

    terms = _forms(spelling)
    if any(len(term) >= _SHORTEST_MISTYPED for term in terms):
        yield _all(
            [
                _either(
                    [
                        Query.fuzzy_term_query(schema(), f"{part}_words", term, 1)
                        if len(term) >= _SHORTEST_MISTYPED
                        else Query.term_query(schema(), f"{part}_words", term, "freq")
                        for part in PARTS
                    ]
                )
                for term in terms
            ]
        )
    for run in runs(fold(spelling)):
        pairs = list(dict.fromkeys(bigrams(run)))
        if len(run) >= _SHORTEST_MISTYPED and len(pairs) < _MOST_TERMS and _KANJI.search(run):
            # One wrong character spoils two pairs at most. Kana and Latin letters are one word each.
            at_least = max(2, len(pairs) - 2)
            yield _either([_in_title_or_body("grams", [pair]) for pair in pairs], at_least)


def any_query(
    words: Sequence[str],
    pairs: Sequence[str],
    senses: Mapping[str, Sequence[str]] | None = None,
    at_least: int = 1,
) -> Any:
    """Return the query for documents with any of the words or pairs, scored by all that they hold.

    Whether a word is there counts, and how often its pairs are. Where a word is not there, another one of
    the same meaning (``senses``, by word) counts half.
    """
    from tantivy import Query  # loaded on first use, see schema

    found = [query for word in words for query in _word_in_parts(word, (senses or {}).get(word, ()))]
    found += [query for pair in pairs for query in _in_parts("grams", [pair])]
    return _either(found, at_least) if found else Query.empty_query()


def _word_in_parts(word: str, senses: Sequence[str]) -> Iterator[Any]:
    """Yield one query for the title and one for the body: the word, or else what means the same."""
    from tantivy import Query  # loaded on first use, see schema

    for part, weight in zip(PARTS, (_TITLE_WEIGHT, 1.0), strict=True):
        ways = [(f"{part}_words", word, weight * _WORD_WEIGHT)]
        ways += [(f"{part}_senses", sense, weight) for sense in senses]
        asked = [
            Query.boost_query(Query.term_query(schema(), name, term, "basic"), boost)
            for name, term, boost in ways
        ]
        yield Query.disjunction_max_query(asked) if len(asked) > 1 else asked[0]


def beginning_query(text: str) -> Any | None:
    """Return the query for titles that begin with ``text``, or have a word that does; None for no text."""
    from tantivy import Query  # loaded on first use, see schema

    prefix = prefix_of(text[:400])
    if not prefix:
        return None
    weights = {"starts": 2.0, "inner_starts": 1.0}
    return Query.disjunction_max_query(
        [
            Query.const_score_query(Query.term_query(schema(), name, prefix, "basic"), weight)
            for name, weight in weights.items()
        ]
    )
