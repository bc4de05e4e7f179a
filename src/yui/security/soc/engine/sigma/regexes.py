"""Regular expressions of rules, in time linear in the length of the text, whatever the rule says.

RE2 runs them. What RE2 cannot express (looking around, back references) is run by Python's engine only when
the work at each position is bounded by a small constant, shown from the parsed pattern; anything else is
refused, and the rule says so.
"""

import math
import re
from collections.abc import Callable, Sequence
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import re2

MAX_PATTERN = 8_192
MAX_STEPS = 5_000
RE2_MEMORY = 32 * 1024 * 1024


class RegexRefused(ValueError):
    """A pattern is no regular expression, or none that surely ends in time."""


def compile_regex(pattern: str) -> Callable[[str], bool]:
    """Return a test whether a pattern (its flags in front, ``(?i)``) occurs in a text.

    Raises:
        RegexRefused: when the pattern is broken or might take more than linear time.
    """
    if len(pattern) > MAX_PATTERN:
        raise RegexRefused(
            f"正規表現が {MAX_PATTERN} 文字を超えています / "
            f"the regular expression is over {MAX_PATTERN} characters"
        )
    found = compiled(pattern).search
    if isinstance(found.__self__, re.Pattern):
        return lambda text: found(text) is not None
    least, most = _lengths(pattern)
    # RE2 reads UTF-8; the half of a surrogate pair, which UTF-8 cannot write, counts as a question mark.
    return lambda text: least <= len(text) <= most and found(text.encode("utf-8", "replace")) is not None


def _lengths(pattern: str) -> tuple[int, float]:
    """Return how many characters a text has at least and at most in which a pattern occurs.

    Asking costs a thirtieth of running a pattern on a short text. A most is told only of one that begins with
    ``^`` and ends with ``$``, without flags, by which these might mean lines.
    """
    tree = _read_alike(pattern)
    if tree is None:
        return 0, math.inf
    least, most = map(int, tree.getwidth())
    items = list(tree)
    begins = bool(items) and items[0] == (codes.AT, codes.AT_BEGINNING)
    ends = bool(items) and items[-1] == (codes.AT, codes.AT_END)
    whole = begins and ends and tree.state.flags == re.UNICODE and most < MAX_PATTERN
    return least, most if whole else math.inf


def _read_alike(pattern: str) -> Any:
    """Return a pattern parsed by Python, which RE2 reads the same way; None where it may not.

    To RE2 ``[[:alpha:]]`` is a class of letters and ``a{,3}`` five characters; Python reads both otherwise.
    """
    if "[:" in pattern or "{," in pattern:
        return None
    try:
        return parser.parse(pattern)
    except (re.error, RecursionError, OverflowError, ValueError):
        return None


def compile_any(patterns: Sequence[str]) -> Callable[[str], bool] | None:
    """Return a test whether any of several patterns occurs in a text, in one pass; None where RE2 cannot."""
    try:
        return compile_regex("|".join(f"(?:{pattern})" for pattern in patterns))
    except RegexRefused:
        return None


def compiled(pattern: str) -> Any:
    """Return a pattern compiled by RE2, or by Python where its work is bounded.

    Raises:
        RegexRefused: as ``compile_regex``.
    """
    options = re2.Options()
    options.log_errors = False
    options.max_mem = RE2_MEMORY
    # Only whether a pattern occurs is asked; without groups RE2 need not find where they stand.
    options.never_capture = True
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        why = error.args[0] if error.args else ""
        return _bounded(pattern, why.decode("utf-8", "replace") if isinstance(why, bytes) else str(why))


def _bounded(pattern: str, why: str) -> Any:
    try:
        tree = parser.parse(pattern)
        steps = _steps(tree)
        made = re.compile(pattern)
    except (re.error, RecursionError, OverflowError, ValueError) as error:
        raise RegexRefused(f"正規表現が正しくありません / not a regular expression: {error}") from None
    if steps > MAX_STEPS:
        raise RegexRefused(
            f"RE2 で扱えず({why})、終わる時間も保証できない正規表現です。"
            "前後読み・後方参照をやめてください / "
            f"RE2 cannot run it ({why}) and its time is not bounded: avoid look-around and back references"
        )
    return made


def _steps(items: Any) -> float:
    """Return a bound on the work of a pattern at one position: alternatives add up, what follows
    multiplies.
    """
    total = 1.0
    for code, argument in items:
        total = total * _choices(code, argument) + 1
    return total


def _choices(code: Any, argument: Any) -> float:
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        least, most, body = argument
        if most is codes.MAXREPEAT or most > 100:
            return float("inf")
        return float((most - least + 1) * max(most, 1) * _steps(body))
    if code is codes.SUBPATTERN:
        return _steps(argument[-1])
    if code is codes.BRANCH:
        return sum(_steps(branch) for branch in argument[1])
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return _steps(argument[1])
    if code is codes.ATOMIC_GROUP:
        return _steps(argument)
    if code in (codes.GROUPREF, codes.GROUPREF_EXISTS):
        return float("inf")
    return 1.0


def required_literal(pattern: str) -> str:
    """Return the longest text that every match of a pattern contains, case-folded; empty where none is sure.

    It lets a value be passed over without running the pattern.
    """
    tree = _read_alike(pattern)
    if tree is None or tree.state.flags & re.VERBOSE:
        return ""
    return max(_runs(tree), key=len, default="")


def _runs(items: Any) -> list[str]:
    """Return the texts that stand in every match of a sequence."""
    runs, run = [], ""
    for code, argument in items:
        if code is codes.LITERAL:
            run += chr(argument).casefold()
            continue
        runs.append(run)
        run = ""
        if code is codes.SUBPATTERN:
            runs += _runs(argument[-1])
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT) and argument[0] >= 1:
            runs += _runs(argument[2])
    runs.append(run)
    return runs
