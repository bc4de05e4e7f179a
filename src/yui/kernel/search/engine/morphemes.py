"""Japanese words in their normalised forms, by Sudachi's small dictionary."""

import threading
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from yui.kernel.search.engine.folding import fold, presentable, runs

_CHUNK = 8000
"""Characters handed to the analyser at once; its own limit is 49,149 bytes."""
_LONGEST = 80
_IDLE_PARTS = {"助詞", "助動詞", "補助記号", "空白", "記号"}
_IDLE_FORMS = {"為る", "居る", "有る", "成る", "事", "物", "出来る", "下さる", "何"}

_local = threading.local()


class Word(NamedTuple):
    """A word that says something.

    Attributes:
        start, end: where it stands.
        form: the form under which its spellings meet.
        reading: how it is read, in hiragana; empty where the dictionary does not know.
        senses: numbers of the groups of words of one meaning to which the dictionary counts it (費用, 経費).
    """

    start: int
    end: int
    form: str
    reading: str
    senses: tuple[str, ...] = ()


class Spelling(NamedTuple):
    """What a word is compared by, wherever it stands: see ``Word``."""

    form: str
    reading: str
    senses: tuple[str, ...]


class _Analyser:
    """One thread's analyser; analysers keep state and are not shared between threads."""

    def __init__(self) -> None:
        # Sudachi is loaded on first use: it costs 0.1 s and some 40 MB that most commands never need.
        from sudachipy import SplitMode

        self.tokenizer = _dictionary().tokenizer(
            mode=SplitMode.A, fields={"pos_id", "normalized_form", "reading_form", "synonym_group_ids"}
        )
        self.known: dict[int, Spelling] = {}

    def words(self, text: str) -> Iterator[Word]:
        """Yield the words of a text that the analyser can take at once."""
        known = self.known
        for found in self.tokenizer.tokenize(text):
            number = found.word_id()
            said = known.get(number) or self._learn(number, found)
            if said.form:
                yield Word(found.begin(), found.end(), *said)

    def spellings(self, text: str) -> list[Spelling]:
        """Return what the words are compared by, without places, in half the time."""
        known = self.known
        said = [
            known.get(number := found.word_id()) or self._learn(number, found)
            for found in self.tokenizer.tokenize(text)
        ]
        return [spelling for spelling in said if spelling[0]]

    def _learn(self, number: int, found: Any) -> Spelling:
        """Return what a word is compared by, empty for one that says nothing; keep the dictionary's."""
        form = reading = ""
        if found.part_of_speech()[0] not in _IDLE_PARTS:
            form = found.normalized_form().casefold()
            if len(form) > _LONGEST or not form.isalnum():
                form = "".join(form.split())[:_LONGEST]
            form = "" if form in _IDLE_FORMS else form
        if form:
            reading = "".join(runs(fold(found.reading_form())))[:_LONGEST]
        if found.is_oov():
            return Spelling(form, reading, ())
        senses = tuple(map(str, found.synonym_group_ids())) if form else ()
        self.known[number] = Spelling(form, reading, senses)
        return self.known[number]


@cache
def _dictionary() -> Any:
    from sudachipy import Dictionary  # loaded on first use, see _Analyser

    return Dictionary(dict="small")


def _analyser() -> _Analyser:
    if not hasattr(_local, "analyser"):
        _local.analyser = _Analyser()
    return _local.analyser


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    shown = presentable(text)
    for offset in range(0, len(shown), _CHUNK):
        yield offset, shown[offset : offset + _CHUNK]


def words(text: str) -> list[Word]:
    """Return the words of ``text`` in order, particles and the like left out.

    Positions are those of ``presentable(text)``.
    """
    analyser = _analyser()
    return [
        word._replace(start=offset + word.start, end=offset + word.end) if offset else word
        for offset, chunk in _chunks(text)
        for word in analyser.words(chunk)
    ]


def spellings(text: str) -> list[Spelling]:
    """Return what each word of ``text`` is compared by, in order, as ``words`` finds them."""
    analyser = _analyser()
    return [spelling for _offset, chunk in _chunks(text) for spelling in analyser.spellings(chunk)]
