"""Checks of key-value columns (Tags, SkuPriceDetails): SQL that is true for the rows that break them.

Section KeyValueFormat: a JSON object, each key once, each value a number, a text, true, false or null.
"""

from collections.abc import Callable, Mapping
from typing import Any

from yui.kernel.lake.reading import literal
from yui.transition.costs.engine.validation.table import Column

_NESTED = r":\s*[\[{]"
JsonMaker = Callable[[Column, Mapping[str, Any]], str]


def broken_object(column: Column) -> str:
    """Return SQL for cells that are no flat JSON object."""
    if not _is_json_text(column):
        return "false" if column.type.startswith(("MAP", "STRUCT")) else f"{column.sql} IS NOT NULL"
    return f"({_no_object(column)} OR {_nested(column)})"


def _is_json_text(column: Column) -> bool:
    return column.type in {"VARCHAR", "JSON"}


def _text(column: Column) -> str:
    if _is_json_text(column):
        return f"CAST({column.sql} AS VARCHAR)" if column.type == "JSON" else column.sql
    return f"CAST(to_json({column.sql}) AS VARCHAR)"


def _no_object(column: Column) -> str:
    return f"({column.sql} IS NOT NULL AND coalesce(TRY(json_type({_text(column)})) <> 'OBJECT', true))"


def _nested(column: Column) -> str:
    """A colon before a bracket is a hint that costs little; only such cells are taken apart."""
    cell = _text(column)
    values = f"TRY(json_extract({cell}, '$.*'))"
    deep = f"len(list_filter({values}, lambda value: left(CAST(value AS VARCHAR), 1) IN ('{{', '['))) > 0"
    return f"CASE WHEN regexp_matches({cell}, {literal(_NESTED)}) THEN {deep} ELSE false END"


def _keys(column: Column) -> str:
    """Return SQL for the keys of the object in a cell, NULL where it is none."""
    return f"TRY(json_keys({_text(column)}))"


def _object_only(column: Column, _arguments: Mapping[str, Any]) -> str:
    return _no_object(column)


def _flat(column: Column, _arguments: Mapping[str, Any]) -> str:
    return _nested(column)


def _keys_once(column: Column, _arguments: Mapping[str, Any]) -> str:
    return f"len({_keys(column)}) <> len(list_distinct({_keys(column)}))"


def _keys_match(column: Column, arguments: Mapping[str, Any]) -> str:
    pattern = literal(str(arguments.get("Pattern", "")))
    return f"len(list_filter({_keys(column)}, lambda key: NOT regexp_full_match(key, {pattern}))) > 0"


def _keys_spelled(column: Column, arguments: Mapping[str, Any]) -> str:
    """A key that is one of the names but for its case breaks the spelling."""
    names = [str(name) for name in arguments.get("Names", ())]
    exact = ", ".join(map(literal, names))
    lower = ", ".join(literal(name.lower()) for name in names)
    wrong = f"lower(key) IN ({lower}) AND key NOT IN ({exact})"
    return f"len(list_filter({_keys(column)}, lambda key: {wrong})) > 0"


def _keys_twice(column: Column, arguments: Mapping[str, Any]) -> str:
    """A provider's ``x_`` property without the property of the same name that the specification has."""
    names = ", ".join(literal("x_" + str(name)) for name in arguments.get("Names", ()))
    keys = _keys(column)
    lacking = f"key IN ({names}) AND NOT list_contains({keys}, key[3:])"
    return f"len(list_filter({keys}, lambda key: {lacking})) > 0"


def _value_types(column: Column, arguments: Mapping[str, Any]) -> str:
    """Each named property must hold a number or a text, as ``Numbers`` and ``Texts`` say."""
    numbers = ["UBIGINT", "BIGINT", "DOUBLE", "HUGEINT"]
    wrong = []
    for argument, kinds in (("Numbers", numbers), ("Texts", ["VARCHAR"])):
        allowed = ", ".join(map(literal, [*kinds, "NULL"]))
        for name in arguments.get(argument, ()):
            path = literal(f'$."{name}"')
            wrong.append(f"coalesce(TRY(json_type({_text(column)}, {path})) NOT IN ({allowed}), false)")
    return "(" + " OR ".join(wrong or ["false"]) + ")"


JSON_FUNCTIONS: Mapping[str, JsonMaker] = {
    "JsonObject": _object_only,
    "JsonFlat": _flat,
    "JsonKeysOnce": _keys_once,
    "JsonKeysMatch": _keys_match,
    "JsonKeysSpelled": _keys_spelled,
    "JsonKeysDoubled": _keys_twice,
    "JsonValueTypes": _value_types,
}
"""Check functions of our own for key-value columns."""
