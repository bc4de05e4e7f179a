"""A hunt's text to its tree, by descent.

::

    hunt       = [or] { "|" stage }
    or         = and { "or" and }
    and        = not { ["and"] not }
    not        = "not" not | "(" or ")" | test | words
    test       = field ("=" | "!=" | "contains" | "startswith" | "endswith" | "like" | "matches" | "cidr"
                        | "<" | "<=" | ">" | ">=") value
               | field ["not"] "in" "(" value { "," value } ")" | field "exists"
    stage      = "columns" fields | "count" ["by" fields] | "sort" field ["asc" | "desc"] | "limit" number
"""

from collections.abc import Sequence
from ipaddress import IPv4Network, ip_network
from math import isfinite

from yui.security.soc.engine.hunting.errors import HuntNotUnderstood
from yui.security.soc.engine.hunting.tree import (
    ALWAYS,
    NUMERIC,
    Comparison,
    Condition,
    Every,
    FieldTest,
    Hunt,
    Some,
    Without,
    Words,
)
from yui.security.soc.engine.hunting.words import Kind, Piece, pieces

DEEPEST = 40
MOST_TESTS = 200
MOST_FIELDS = 20
_WORDS = frozenset({"and", "or", "not", "in"})
_BY_WORD = {each.value: each for each in Comparison if each is not Comparison.EXISTS} | {
    "==": Comparison.EQUALS
}
_STAGES = ("columns", "count", "limit", "sort")


def parse_hunt(text: str) -> Hunt:
    """Return what ``text`` asks; an empty text asks for every event.

    Raises:
        HuntNotUnderstood: with the place where it stops making sense, and what could stand there.
    """
    return _Parser(list(pieces(text))).hunt()


class _Parser:
    def __init__(self, found: Sequence[Piece]) -> None:
        self._pieces, self._at, self._depth, self._tests = found, 0, 0, 0

    def hunt(self) -> Hunt:
        """Read the whole text."""
        asked = Hunt(ALWAYS if self._is("|") or self._now.kind is Kind.END else self._some())
        while self._is("|"):
            self._next()
            asked = self._stage(asked)
        if self._now.kind is not Kind.END:
            raise self._wrong("ここで終わるか「|」が必要です", "expected the end or |")
        return asked

    @property
    def _now(self) -> Piece:
        return self._pieces[self._at]

    def _next(self) -> Piece:
        piece = self._now
        self._at += piece.kind is not Kind.END
        return piece

    def _is(self, *signs: str) -> bool:
        return self._now.kind is Kind.SIGN and self._now.text in signs

    def _is_word(self, *words: str) -> bool:
        return self._now.kind is Kind.BARE and self._now.text.lower() in words

    def _wrong(self, japanese: str, english: str) -> HuntNotUnderstood:
        return HuntNotUnderstood(self._now.position, japanese, english)

    def _some(self) -> Condition:
        items = [self._every()]
        while self._is_word("or"):
            self._next()
            items.append(self._every())
        return items[0] if len(items) == 1 else Some(tuple(items))

    def _every(self) -> Condition:
        items = [self._single()]
        while True:
            if self._is_word("and"):
                self._next()
            elif self._now.kind is Kind.END or self._is(")", "|") or self._is_word("or"):
                return items[0] if len(items) == 1 else Every(tuple(items))
            items.append(self._single())

    def _single(self) -> Condition:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._wrong("かっこや not が深すぎます", "too many brackets or nots inside each other")
        try:
            if self._is_word("not"):
                self._next()
                return Without(self._single())
            if self._is("("):
                self._next()
                inner = self._some()
                self._close()
                return inner
            return self._test()
        finally:
            self._depth -= 1

    def _close(self) -> None:
        if not self._is(")"):
            raise self._wrong("「)」が必要です", "expected )")
        self._next()

    def _test(self) -> Condition:
        self._tests += 1
        if self._tests > MOST_TESTS:
            raise self._wrong(f"条件は{MOST_TESTS}個までです", f"at most {MOST_TESTS} conditions")
        first = self._now
        if first.kind in (Kind.SIGN, Kind.END) or self._is_word(*_WORDS):
            raise self._wrong("項目名か語が必要です", "expected a field or a word")
        self._next()
        if first.kind is Kind.QUOTED or not self._has_comparison():
            if not first.text or first.kind is Kind.NAME:
                raise HuntNotUnderstood(
                    first.position, "項目のあとに比べ方が必要です", "a comparison must follow a field"
                )
            return Words(first.text)
        return self._comparison(first.text)

    def _has_comparison(self) -> bool:
        if self._is("!=", *_BY_WORD) or self._is_word("in", "exists", *_BY_WORD):
            return True
        following = self._pieces[min(self._at + 1, len(self._pieces) - 1)]
        return self._is_word("not") and following.kind is Kind.BARE and following.text.lower() == "in"

    def _comparison(self, field: str) -> Condition:
        word = self._next().text.lower()
        if word == "exists":
            return FieldTest(field, Comparison.EXISTS)
        if word == "not":
            self._next()
            return Without(self._members(field))
        if word == "in":
            return self._members(field)
        if word == "!=":
            return Without(FieldTest(field, Comparison.EQUALS, self._value()))
        comparison = _BY_WORD[word]
        at = self._now
        value = self._value()
        _check(comparison, value, at.position)
        return FieldTest(field, comparison, value)

    def _members(self, field: str) -> Condition:
        if not self._is("("):
            raise self._wrong("in のあとは「(」です", "( must follow in")
        self._next()
        items = [FieldTest(field, Comparison.EQUALS, self._value())]
        while self._is(","):
            self._next()
            items.append(FieldTest(field, Comparison.EQUALS, self._value()))
            self._tests += 1
        self._close()
        if self._tests > MOST_TESTS:
            raise self._wrong(f"条件は{MOST_TESTS}個までです", f"at most {MOST_TESTS} conditions")
        return Some(tuple(items))

    def _value(self) -> str:
        if self._now.kind not in (Kind.BARE, Kind.QUOTED):
            raise self._wrong(
                '値が必要です(記号を含むときは "…")', 'expected a value ("…" if it holds signs)'
            )
        return self._next().text

    def _stage(self, asked: Hunt) -> Hunt:
        word = self._now.text.lower() if self._now.kind is Kind.BARE else ""
        if word not in _STAGES:
            raise self._wrong(
                f"「|」のあとは {'、'.join(_STAGES)} です", f"after | comes {', '.join(_STAGES)}"
            )
        self._next()
        values = {name: getattr(asked, name) for name in Hunt.__slots__}
        if word == "columns":
            values["columns"] = self._fields()
        elif word == "count":
            values["count_by"] = self._counted_by()
        elif word == "sort":
            values["sort"] = self._field()
            values["is_ascending"] = not self._is_word("desc")
            if self._is_word("asc", "desc"):
                self._next()
        else:
            values["limit"] = self._number()
        return Hunt(**values)

    def _counted_by(self) -> tuple[str, ...]:
        if not self._is_word("by"):
            raise self._wrong("count のあとは by と項目名です", "by and fields must follow count")
        self._next()
        return self._fields()

    def _fields(self) -> tuple[str, ...]:
        found = [self._field()]
        while self._is(","):
            self._next()
            found.append(self._field())
        if len(found) > MOST_FIELDS:
            raise self._wrong(f"項目は{MOST_FIELDS}個までです", f"at most {MOST_FIELDS} fields")
        return tuple(dict.fromkeys(found))

    def _field(self) -> str:
        if self._now.kind not in (Kind.BARE, Kind.NAME) or not self._now.text:
            raise self._wrong("項目名が必要です", "expected a field")
        return self._next().text

    def _number(self) -> int:
        text = self._now.text
        if not (text.isascii() and text.isdecimal() and 0 < int(text[:9]) == int(text)):
            raise self._wrong("1以上の数が必要です", "expected a number above zero")
        self._next()
        return int(text)


def _check(comparison: Comparison, value: str, position: int) -> None:
    """See that a value can be compared in this way.

    Raises:
        HuntNotUnderstood: when it cannot.
    """
    if comparison in NUMERIC:
        try:
            is_number = isfinite(float(value))
        except ValueError:
            is_number = False
        if not is_number:
            raise HuntNotUnderstood(position, f"「{value}」は数ではありません", f"{value!r} is no number")
    if comparison is Comparison.IN_NETWORK:
        try:
            network = ip_network(value, strict=False)
        except ValueError:
            network = None
        if not isinstance(network, IPv4Network):
            raise HuntNotUnderstood(
                position,
                f"「{value}」はIPv4のネットワークではありません(IPv6は startswith を使います)",
                f"{value!r} is no IPv4 network (use startswith for IPv6)",
            )
    if comparison is Comparison.MATCHES:
        _check_regex(value, position)


def _check_regex(value: str, position: int) -> None:
    # Heavy: only hunts with regular expressions come here.
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = 8 << 20
    try:
        re2.compile(value, options)
    except re2.error as error:
        reason = error.args[0].decode() if error.args and isinstance(error.args[0], bytes) else str(error)
        raise HuntNotUnderstood(
            position, f"正規表現として読めません({reason})", f"no regular expression ({reason})"
        ) from error
