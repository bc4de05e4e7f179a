"""The fields of records as columns of text, and back, without losing a type, an order or a null.

Records of one kind mostly have the same fields in the same order with values of the same types. Such a
*shape* is worked out once: its values then move as whole columns. The shape itself is kept with each row as a
short text (``layout``), which Parquet stores once per file.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from math import isfinite
from typing import Any, NamedTuple

import orjson

from yui.security.soc.event_store.dataset import LIST_MARK, field_column, may_have_column

TEXT, WHOLE, REAL, TRUTH, NOTHING, TEXTS, REST = "s", "i", "f", "b", "n", "l", "r"
UNTOLD = "\ufffd"
_KINDS: dict[type, str] = {str: TEXT, int: WHOLE, float: REAL, bool: TRUTH, type(None): NOTHING, list: TEXTS}


class Shape(NamedTuple):
    """What records of one kind have in common.

    Attributes:
        names: the fields in the order of the record.
        columns: the column of each field; empty where it must go into ``rest``.
        kinds: a letter per field that says what its text stands for.
    """

    names: tuple[str, ...]
    columns: tuple[str, ...]
    kinds: str

    @property
    def layout(self) -> str:
        """The shape as it is kept with a row."""
        try:
            return orjson.dumps([self.kinds, *self.names]).decode()
        except orjson.JSONEncodeError:
            return _odd_json([self.kinds, *self.names])


def shape_of(names: Sequence[str], types: Sequence[type]) -> Shape:
    """Return the shape of records with these fields and types of values.

    A name that may have no column, or differs from an earlier one by case alone, has none; its value goes
    into ``rest``.
    """
    columns, kinds, taken = [], [], set()
    for name, of in zip(names, types, strict=True):
        column = field_column(name)
        kind = _KINDS.get(of, REST)
        if kind == REST or column in taken or not may_have_column(name):
            columns.append("")
            kinds.append(REST)
        else:
            taken.add(column)
            columns.append(column)
            kinds.append(kind)
    return Shape(tuple(names), tuple(columns), "".join(kinds))


def all_in_rest(shape: Shape) -> Shape:
    """Return the shape with no columns at all."""
    return Shape(shape.names, ("",) * len(shape.names), REST * len(shape.names))


def rest_key(names: Sequence[str], position: int) -> str:
    """Return the key in ``rest`` of the field at ``position``: its case-folded name, made unique."""
    folded = names[position].casefold()
    if any(name.casefold() == folded for name in names[:position]):
        return f"{folded}{LIST_MARK}{position}"
    return folded


def rest_text(names: Sequence[str], kinds: str, values: Sequence[Any]) -> str | None:
    """Return the fields of a record that have no column as JSON, ``None`` when there are none."""
    if REST not in kinds:
        return None
    found = {rest_key(names, at): values[at] for at, kind in enumerate(kinds) if kind == REST}
    if any(map(_is_odd_number, found.values())):
        return _odd_json(found)
    try:
        return orjson.dumps(found).decode()
    except (TypeError, orjson.JSONEncodeError):
        return _odd_json(found)


def _is_odd_number(value: Any) -> bool:
    """Whether a value is, or a list holds, a number that orjson would silently write as null."""
    if type(value) is float:
        return not isfinite(value)
    return type(value) is list and any(map(_is_odd_number, value))


def _odd_json(found: Any) -> str:
    """Write what orjson refuses: whole numbers beyond 64 bits, halves of surrogate pairs, infinities."""
    # Slow and rare, and only here.
    import json

    try:
        return json.dumps(found, default=str)
    except (ValueError, RecursionError):
        # Too deep, or a number of thousands of digits: the raw text alone has it.
        return json.dumps({key: _told(value) for key, value in found.items()})


def _told(value: Any) -> Any:
    return value if value is None or isinstance(value, str | bool) else UNTOLD


def _lists(text: str) -> list[str]:
    return text.split(LIST_MARK)[1:-1] if text != LIST_MARK else []


_READ: dict[str, Callable[[str], Any]] = {
    TEXT: str,
    WHOLE: int,
    REAL: float,
    TRUTH: "true".__eq__,
    TEXTS: _lists,
}


@lru_cache(maxsize=20_000)
def parsed_layout(layout: str) -> tuple[tuple[str, str, str], ...]:
    """Return (name, column or key in ``rest``, kind) of each field of a layout."""
    kinds, *names = orjson.loads(layout)
    return tuple(
        (name, rest_key(names, at) if kinds[at] == REST else field_column(name), kinds[at])
        for at, name in enumerate(names)
    )


def fields_of(row: Mapping[str, Any], *, partial: bool = False) -> dict[str, Any]:
    """Return the fields of a stored row exactly as the record had them.

    Args:
        partial: whether the row holds some columns only; fields of other columns are then left out.
    """
    rest = _loaded(row["rest"]) if row.get("rest") else {}
    fields: dict[str, Any] = {}
    for name, place, kind in parsed_layout(row["layout"]):
        if kind == REST:
            fields[name] = rest[place]
        elif kind == NOTHING:
            fields[name] = None
        elif not partial or place in row:
            fields[name] = _READ[kind](row[place])
    return fields


def _loaded(text: str) -> dict[str, Any]:
    """Read JSON as it was written; orjson turns whole numbers beyond 64 bits into inexact ones."""
    # Only here, because json is slow and rest is rare.
    import json

    return json.loads(text)
