"""Conditions on stored events as SQL with parameters, over the columns of fields and over ``rest``.

A field's value lies in its column, or, where a file had no room for one, under its case-folded name in
``rest``. Members of a list stand between marks. Nothing of a caller's text ever becomes part of the SQL: it
goes in as a parameter; names of columns are quoted.
"""

import re
from collections.abc import Callable
from ipaddress import IPv4Network, ip_network

import re2

from yui.kernel.lake.reading import identifier
from yui.security.soc.event_store.dataset import COLUMNS, LIST_MARK, field_column, may_have_column

Predicate = Callable[[str], str]
"""SQL for the text of a value (itself SQL) to SQL that tells whether it passes; null counts as not."""
_PARAMETER = re.compile(r"\$(p\d+)\b")
NEVER, EVER = "false", "true"


class Bound:
    """Collects the parameters of a statement and the columns that it needs.

    Attributes:
        columns: SQL types by name, for ``Source(columns=…)``.
    """

    def __init__(self) -> None:
        self._values: dict[str, str | int | float] = {}
        self.columns: dict[str, str] = {}

    def value(self, value: str | int | float) -> str:
        """Take a value in and return what stands for it in SQL."""
        name = f"p{len(self._values)}"
        self._values[name] = value
        return f"${name}"

    def parameters(self, sql: str) -> dict[str, str | int | float]:
        """Return the values that ``sql`` names; DuckDB refuses others."""
        return {name: self._values[name] for name in _PARAMETER.findall(sql) if name in self._values}

    def known(self, column: str) -> str:
        """Ask for a column that every event has, and return its name in SQL."""
        self.columns[column] = COLUMNS[column]
        return identifier(column)

    def own(self, field: str) -> str:
        """Ask for the column of a log's own field, and return its name in SQL (null if it can have none)."""
        if not may_have_column(field):
            return "NULL::VARCHAR"
        column = field_column(field)
        self.columns[column] = "VARCHAR"
        return identifier(column)

    def in_rest(self, field: str) -> str:
        """Return SQL for the text of a field in ``rest``, null where it is not there; lists with marks."""
        self.columns["rest"] = COLUMNS["rest"]
        pointer = self.value("/" + field.casefold().replace("~", "~0").replace("/", "~1"))
        mark = self.value(LIST_MARK)
        members = f"try_cast(json_extract(rest, {pointer}) AS VARCHAR[])"
        marked = f"list_transform({members}, lambda member: member || {mark})"
        as_list = f"{mark} || array_to_string({marked}, '')"
        return f"coalesce({as_list}, json_extract_string(rest, {pointer}))"


def on_field(bound: Bound, field: str, predicate: Predicate) -> str:
    """Return SQL that tells whether the value of a log's own field, wherever it lies, passes."""
    column, rest = bound.own(field), bound.in_rest(field)
    return f"({truth(predicate(column))} OR (rest IS NOT NULL AND {truth(predicate(rest))}))"


def on_column(bound: Bound, column: str, predicate: Predicate) -> str:
    """Return SQL that tells whether the value of a column that every event has passes."""
    name = bound.known(column)
    return truth(predicate(name if COLUMNS[column] == "VARCHAR" else f"{name}::VARCHAR"))


def truth(condition: str) -> str:
    """Return SQL that is never null."""
    return f"coalesce({condition}, false)"


def equals(bound: Bound, text: str) -> Predicate:
    """Is the text, or has it as a member; letters without regard to case."""
    whole, member = bound.value(text), bound.value(f"{LIST_MARK}{text}{LIST_MARK}")
    return lambda of: f"lower({of}) = lower({whole}) OR contains(lower({of}), lower({member}))"


def contains(bound: Bound, text: str) -> Predicate:
    """Has the text within it (RE2 folds as it searches, which costs a third of lowering first)."""
    wanted = bound.value(re2.escape(text))
    return lambda of: f"regexp_matches({of}, {wanted}, 'i')"


def startswith(bound: Bound, text: str) -> Predicate:
    """Begins with the text, itself or a member."""
    wanted, member = bound.value(text), bound.value(LIST_MARK + text)
    return lambda of: f"starts_with(lower({of}), lower({wanted})) OR contains(lower({of}), lower({member}))"


def endswith(bound: Bound, text: str) -> Predicate:
    """Ends with the text, itself or a member."""
    wanted, member = bound.value(text), bound.value(text + LIST_MARK)
    return lambda of: f"ends_with(lower({of}), lower({wanted})) OR contains(lower({of}), lower({member}))"


def matches(bound: Bound, pattern: str) -> Predicate:
    """Has a place that the regular expression (RE2) describes; letters without regard to case."""
    wanted = bound.value(pattern)
    return lambda of: f"regexp_matches({of}, {wanted}, 'i')"


def like(bound: Bound, pattern: str) -> Predicate:
    """Is described as a whole by a pattern in which ``*`` stands for any text and ``?`` for one character."""
    parts = ["%" if sign == "*" else "_" if sign == "?" else _literal_sign(sign) for sign in pattern]
    wanted = bound.value("".join(parts))
    return lambda of: f"lower({of}) LIKE lower({wanted}) ESCAPE '\x1e'"


def _literal_sign(sign: str) -> str:
    return f"\x1e{sign}" if sign in "%_\x1e" else sign


def compared(bound: Bound, sign: str, limit: float) -> Predicate:
    """Is a number that stands in this relation (``<``, ``<=``, ``>``, ``>=``) to ``limit``."""
    if sign not in {"<", "<=", ">", ">="}:
        raise ValueError(f"no comparison of numbers: {sign!r}")
    wanted = bound.value(limit)
    return lambda of: f"try_cast({of} AS DOUBLE) {sign} {wanted}"


def in_network(bound: Bound, network: str) -> Predicate:
    """Is an IPv4 address within the network.

    Raises:
        ValueError: when ``network`` is no IPv4 network.
    """
    parsed = ip_network(network, strict=False)
    if not isinstance(parsed, IPv4Network):
        raise ValueError(f"no IPv4 network: {network!r}")
    first, last = bound.value(int(parsed[0])), bound.value(int(parsed[-1]))
    return lambda of: f"({_number_of_address(of)}) BETWEEN {first}::BIGINT AND {last}::BIGINT"


def _number_of_address(of: str) -> str:
    """Return SQL for an IPv4 address as a number, null where the text is none."""
    bytes_ = [f"try_cast(split_part({of}, '.', {at}) AS UTINYINT)::BIGINT" for at in (1, 2, 3, 4)]
    sum_ = " * 256 + ".join([f"(({bytes_[0]}", f"{bytes_[1]})", f"{bytes_[2]})", bytes_[3]])
    return f"CASE WHEN regexp_full_match({of}, '[0-9.]{{7,15}}') THEN {sum_} END"


def present(of: str) -> str:
    """Has a value."""
    return f"{of} IS NOT NULL"
