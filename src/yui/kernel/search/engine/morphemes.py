"""Japanese words in their normalised forms, by Sudachi's small dictionary."""

import threading
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from yui.kernel.search.engine.folding import presentable

_CHUNK = 8000
"""Characters handed to the analyser at once; its own limit is 49,149 bytes."""
_LONGEST = 80
_IDLE_PARTS = {"助詞", "助動詞", "補助記号", "空白", "記号"}
_IDLE_FORMS = {"為る", "居る", "有る", "成る", "事", "物", "出来る", "下さる", "何"}

_local = threading.local()


class Word(NamedTuple):
    """A word that says something: where it stands and the form under which its spellings meet."""

    start: int
    end: int
    form: str


class _Analyser:
    """One thread's analyser; analysers keep state and are not shared between threads."""

    def __init__(self) -> None:
        # Sudachi is loaded on first use: it costs 0.1 s and some 40 MB that most commands never need.
        from sudachipy import SplitMode

        self.tokenizer = _dictionary().tokenizer(mode=SplitMode.A, fields={"pos_id", "normalized_form"})
        self.idle_parts: dict[int, bool] = {}

    def words(self, text: str) -> Iterator[Word]:
        """Yield the words of a text that the analyser can take at once."""
        idle = self.idle_parts
        for found in self.tokenizer.tokenize(text):
            part = found.part_of_speech_id()
            if part not in idle:
                idle[part] = found.part_of_speech()[0] in _IDLE_PARTS
            if not idle[part]:
                form = found.normalized_form().casefold()
                if len(form) > _LONGEST or not form.isalnum():
                    form = "".join(form.split())[:_LONGEST]
                if form and form not in _IDLE_FORMS:
                    yield Word(found.begin(), found.end(), form)


@cache
def _dictionary() -> Any:
    from sudachipy import Dictionary  # loaded on first use, see _Analyser

    return Dictionary(dict="small")


def words(text: str) -> list[Word]:
    """Return the words of ``text`` in order, particles and the like left out.

    Positions are those of ``presentable(text)``.
    """
    if not hasattr(_local, "analyser"):
        _local.analyser = _Analyser()
    shown = presentable(text)
    if len(shown) <= _CHUNK:
        return list(_local.analyser.words(shown))
    return [
        Word(offset + word.start, offset + word.end, word.form)
        for offset in range(0, len(shown), _CHUNK)
        for word in _local.analyser.words(shown[offset : offset + _CHUNK])
    ]
