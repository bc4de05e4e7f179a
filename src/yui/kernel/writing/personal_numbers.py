"""Finds 個人番号 (マイナンバー) in a text, so that nobody writes one where it does not belong."""

import re
from dataclasses import dataclass

from yui.kernel.writing.characters import BIDI_CONTROLS

LENGTH = 12
_DIGIT = "0-9０-９"
_BETWEEN = f"[ \\t\u00a0\u3000\u2000-\u200d\u2060\ufeff{BIDI_CONTROLS}\\-‐‑‒–—―−－ー・.]{{0,3}}"
_CANDIDATE = re.compile(
    f"(?<![{_DIGIT}])(?=((?:[{_DIGIT}]{_BETWEEN}){{{LENGTH - 1}}}[{_DIGIT}])(?![{_DIGIT}]))"
)
_DIGITS = re.compile(f"[{_DIGIT}]")
_SHOWN_AT_THE_END = 2


@dataclass(frozen=True)
class PersonalNumber:
    """A number that can be a 個人番号.

    Attributes:
        start: where it begins in the text.
        end: where it ends (exclusive).
        masked: as written, all digits but the last two hidden; the number itself is kept nowhere.
    """

    start: int
    end: int
    masked: str


def personal_numbers(text: str) -> tuple[PersonalNumber, ...]:
    """Return the twelve-digit numbers of ``text`` whose check digit is right.

    Digits of either width, with spaces, hyphens or invisible signs between them. A number that is part of a
    longer run of digits (a 法人番号 has thirteen) is none.
    """
    found: list[PersonalNumber] = []
    for match in _CANDIDATE.finditer(text):
        start, end = match.span(1)
        if found and start < found[-1].end:
            continue
        digits = [int(digit) for digit in _DIGITS.findall(match.group(1))]
        if check_digit(digits[:-1]) == digits[-1]:
            found.append(PersonalNumber(start, end, _masked(match.group(1))))
    return tuple(found)


def check_digit(digits: list[int]) -> int:
    """Return the check digit of the eleven leading digits of a 個人番号.

    Source: 平成26年総務省令第85号(通知カード及び個人番号カード並びに情報提供ネットワークシステムによる
    特定個人情報の提供等に関する省令)第5条:
    11 - (Σ Pn×Qn mod 11), Pn the n-th digit from the right, Qn = n+1 for n ≤ 6 and n-5 for n ≥ 7; 0 where the
    remainder is at most 1.
    """
    weighted = sum(digit * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(reversed(digits), start=1))
    remainder = weighted % 11
    return 0 if remainder <= 1 else 11 - remainder


def _masked(written: str) -> str:
    """Return the number as written with its digits hidden but for the last two."""
    hidden = len(_DIGITS.findall(written)) - _SHOWN_AT_THE_END
    return _DIGITS.sub("*", written, count=hidden)
