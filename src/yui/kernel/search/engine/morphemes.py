"""Japanese words in their normalised forms, by Sudachi's small dictionary."""

import threading
from dataclasses import dataclass
from functools import cache
from typing import Any

from yui.kernel.search.engine.folding import presentable

_CHUNK = 8000
"""Characters handed to the analyser at once; its own limit is 49,149 bytes."""
_LONGEST = 80
_IDLE_PARTS = {"助詞", "助動詞", "補助記号", "空白", "記号"}
_IDLE_FORMS = {"為る", "居る", "有る", "成る", "事", "物", "出来る", "下さる", "何"}

_local = threading.local()


@dataclass(frozen=True)
class Morpheme:
    """A word of a text: where it stands and the form under which its spellings meet."""

    start: int
    end: int
    form: str
    parts: tuple[str, ...]
    is_idle: bool


@cache
def _dictionary() -> Any:
    # Loaded on first use: the dictionary costs 0.1 s and some 40 MB that most commands never need.
    from sudachipy import Dictionary

    return Dictionary(dict="small")


def _analyser() -> Any:
    """Return this thread's analyser; analysers keep state and are not shared between threads."""
    if not hasattr(_local, "analyser"):
        _local.analyser = _dictionary().tokenizer()
    return _local.analyser


def analyse(text: str) -> list[Morpheme]:
    """Return the words of ``text`` in order; positions are those of ``presentable(text)``."""
    from sudachipy import SplitMode  # loaded with the dictionary, see _dictionary

    shown = presentable(text)
    found: list[Morpheme] = []
    for offset in range(0, len(shown), _CHUNK):
        for word in _analyser().tokenize(shown[offset : offset + _CHUNK], SplitMode.C):
            split = word.split(SplitMode.A, add_single=True)
            parts = tuple(filter(None, (_term(part.normalized_form()) for part in split)))
            form = _term(word.normalized_form())
            if form:
                found.append(
                    Morpheme(
                        start=offset + word.begin(),
                        end=offset + word.end(),
                        form=form,
                        parts=parts or (form,),
                        is_idle=word.part_of_speech()[0] in _IDLE_PARTS or form in _IDLE_FORMS,
                    )
                )
    return found


def _term(form: str) -> str:
    """Return a normalised form as an index term: one word, in one case, of bounded length."""
    return "".join(form.casefold().split())[:_LONGEST]


def index_terms(text: str) -> list[str]:
    """Return the terms under which ``text`` is found: each word, and its parts where it is a compound."""
    terms: list[str] = []
    for word in analyse(text):
        if not word.is_idle:
            terms.extend(word.parts)
            if word.parts != (word.form,):
                terms.append(word.form)
    return terms


def query_terms(text: str) -> list[str]:
    """Return the parts of the words of a question, each once, in order, without idle words."""
    return list(dict.fromkeys(part for word in analyse(text) if not word.is_idle for part in word.parts))
