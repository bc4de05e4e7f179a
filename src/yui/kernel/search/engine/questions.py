"""Takes apart what somebody typed: no character has a special meaning, nothing is refused."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from yui.kernel.search.engine.folding import bigrams, fold, presentable, runs
from yui.kernel.search.engine.morphemes import Word
from yui.kernel.search.engine.morphemes import words as words_of

_LONGEST_QUESTION = 400
_MOST_WORDS = 16
_MOST_SPELLINGS = 6
_SENTENCE, _SHORT_SENTENCE = 5, 2
"""From so many words on a question is a sentence, the smaller number where it ends like one."""
_ASKING = {"どこ", "どちら", "どの", "どれ", "どう", "どんな", "よう", "いつ", "誰", "何故", "幾", "幾ら"}
_ASKING |= {"言う", "教える", "知る", "其の", "此の"}
_QUESTION_MARK = re.compile(r"[?。か]$")
_KANA = re.compile(r"[ぁ-ゖー]{3,24}")
_LATIN = re.compile(r"[a-z]{2}")
_HIRAGANA = re.compile(r"[ぁ-ゖ]+")


@dataclass(frozen=True)
class Question:
    """A question taken apart.

    Attributes:
        words: for each typed word its spellings: as typed, then with synonyms put in.
        needles: folded texts to mark in the results.
        forms: normalised forms of all words, in order; marked where no needle is found.
        pairs: pairs of folded characters that say something, in order.
        senses: for each form the meanings that the dictionary knows of it.
        written: for each word as it is written (case folded) its form.
        is_sentence: whether so many words were typed that records with some of them are wanted too.
    """

    words: tuple[tuple[str, ...], ...]
    needles: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    senses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)
    is_sentence: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing searchable was typed."""
        return not self.words


def understand(text: str, synonyms: Iterable[tuple[str, str]] = ()) -> Question:
    """Take ``text`` apart into words with their spellings; a very long text is cut."""
    text = presentable(text[:_LONGEST_QUESTION])
    typed = {fold(word): word for word in reversed(text.split()) if runs(word)}
    synonyms = tuple(synonyms)
    words = tuple(_spellings(word, synonyms) for word in [*reversed(typed.values())][:_MOST_WORDS])
    every = [spelling for spellings in words for spelling in spellings]
    needles = {
        run: None
        for word in words
        for spelling in word
        if spelling == word[0] or not spelling.isascii()
        for run in runs(fold(spelling))
    }
    said = words_of(text)
    forms = {word.form: None for word in said}
    for spelling in every:
        for word in words_of(spelling):
            forms.setdefault(word.form)
            surface = spelling[word.start : word.end]
            if _stands_alone(surface) and not surface.isascii():
                needles.setdefault(fold(surface))
    telling = _telling(forms)
    return Question(
        words,
        tuple(needles),
        telling,
        telling_pairs(text, every),
        {word.form: word.senses for word in said},
        {text[word.start : word.end].casefold(): word.form for word in said if word.form in telling},
        _is_sentence(text, said),
    )


def _stands_alone(word: str) -> bool:
    """Return whether ``word`` may be marked wherever it stands: short kana stand inside other words."""
    return len(word) > 1 and not (len(word) < 4 and _HIRAGANA.fullmatch(word))


def _is_sentence(text: str, said: Sequence[Word]) -> bool:
    """Return whether so much was typed that no record is expected to hold all of it."""
    least = _SHORT_SENTENCE if _QUESTION_MARK.search(text.strip()) else _SENTENCE
    return len({word.form for word in said} - _ASKING) >= least


def _telling(forms: Iterable[str]) -> tuple[str, ...]:
    """Return the forms without words that only ask, unless nothing else was said."""
    kept = tuple(form for form in forms if form not in _ASKING)
    return kept or tuple(forms)


def telling_pairs(text: str, also: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the pairs of folded characters of ``text`` that are neither hiragana nor Latin letters.

    Pairs of hiragana are mostly grammar, and pairs of Latin letters stand in any word. Where a text holds
    nothing else, the kana of ``also`` count.
    """
    pairs: dict[str, None] = {}
    for run in runs(text):
        folded = fold(run)
        for at, pair in enumerate(bigrams(folded)):
            is_kana = len(folded) == len(run) and _HIRAGANA.fullmatch(run[at : at + 2])
            if not is_kana and not _LATIN.fullmatch(pair):
                pairs.setdefault(pair)
    if not pairs:
        folded_runs = [run for spelling in also for run in runs(fold(spelling))]
        pairs = {pair: None for run in folded_runs for pair in bigrams(run) if not _LATIN.fullmatch(pair)}
    return tuple(pairs)


def _spellings(word: str, synonyms: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return ``word`` and its forms in which one synonym stands for another."""
    folded = fold(word)
    found = {word: None}
    for one, other in synonyms:
        for left, right in ((_folded(one), other), (_folded(other), one)):
            if not left or left not in folded:
                continue
            # 後期 must not become 後期高齢者医療 inside 後期高齢者医療.
            is_held = left in _folded(right) and _folded(right) in folded
            if not is_held and _places(left).search(folded):
                found.setdefault(_replaced(word, folded, left, right))
    return tuple(found)[:_MOST_SPELLINGS]


@lru_cache(maxsize=4096)
def _places(left: str) -> re.Pattern[str]:
    """Return where a folded word stands in a text; one of Latin letters only as a whole: no AI in "mail"."""
    pattern = re.escape(left)
    return re.compile(rf"(?<![0-9a-z]){pattern}(?![0-9a-z])" if left.isascii() else pattern)


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    return fold(word)


def _replaced(word: str, folded: str, left: str, right: str) -> str:
    """Return ``word`` with ``right`` where it holds ``left`` (folded); the rest as typed where it can be."""
    typed = word if len(folded) == len(word) else folded
    kept, at = [], 0
    for place in _places(left).finditer(folded):
        kept.append(typed[at : place.start()])
        at = place.end()
    return right.join([*kept, typed[at:]])


def is_kana(spelling: str) -> bool:
    """Return whether a spelling is kana only and long enough to be a reading."""
    return bool(_KANA.fullmatch(fold(spelling)))
