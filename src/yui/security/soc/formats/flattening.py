"""Nested objects to one flat mapping of dotted names."""

from typing import Any

from yui.security.soc.formats.limits import DEFAULT_LIMITS, ReadLimits

LONGEST_NAME = 256
_NESTED = frozenset((dict, list))

_known_names: set[str] = set()
_KNOWN_NAMES_KEPT = 50_000


class TooDeep(ValueError):
    """An object is nested deeper than allowed."""


class TooManyFields(ValueError):
    """An object has more fields than allowed."""


def put(fields: dict[str, Any], name: str, value: Any) -> None:
    """Set a field; a second value of the same name makes a list of both, as repeated elements do."""
    if name not in fields:
        fields[name] = value
        return
    known = fields[name]
    if known.__class__ is not list:
        known = fields[name] = [known]
    if value.__class__ is list:
        known.extend(value)
    else:
        known.append(value)


def flattened(obj: dict[str, Any], limits: ReadLimits = DEFAULT_LIMITS) -> dict[str, Any]:
    """``obj`` itself where nothing in it is nested, else a new mapping with dotted names.

    Objects in lists share one name, whose value is the list of theirs (``Records.name`` → ``[…]``), so that
    a rule finds the value in whichever element it stands.

    Raises:
        TooDeep: nested deeper than ``limits.nesting``.
        TooManyFields: more than ``limits.fields``.
    """
    fields = obj
    # Most objects hold nothing nested: one pass without a step in Python for each value.
    if not _NESTED.isdisjoint(map(type, obj.values())):
        for value in obj.values():
            if type(value) is dict or (type(value) is list and _holds_nested(value)):
                fields = {}
                _flatten(obj, "", fields, limits.nesting)
                break
    if len(fields) > limits.fields:
        raise TooManyFields
    return fields


def _holds_nested(values: list[Any]) -> bool:
    return not _NESTED.isdisjoint(map(type, values))


def _flatten(obj: dict[str, Any], prefix: str, fields: dict[str, Any], depth: int) -> None:
    if depth <= 0:
        raise TooDeep
    for key, value in obj.items():
        name = prefix + key
        if value.__class__ is dict:
            if value:
                _flatten(value, name + ".", fields, depth - 1)
            else:
                put(fields, name, None)
        elif value.__class__ is list and _holds_nested(value):
            _flatten_list(value, name, fields, depth - 1)
        else:
            put(fields, name, value)


def _flatten_list(values: list[Any], name: str, fields: dict[str, Any], depth: int) -> None:
    if depth <= 0:
        raise TooDeep
    gathered: dict[str, list[Any]] = {}
    for value in values:
        if value.__class__ is dict:
            one: dict[str, Any] = {}
            _flatten(value, name + ".", one, depth - 1)
            for key, item in one.items():
                gathered.setdefault(key, []).extend(item if item.__class__ is list else [item])
        elif value.__class__ is list:
            one = {}
            _flatten_list(value, name, one, depth - 1)
            for key, item in one.items():
                gathered.setdefault(key, []).extend(item if item.__class__ is list else [item])
        else:
            gathered.setdefault(name, []).append(value)
    for key, items in gathered.items():
        put(fields, key, items)


def with_clean_names(fields: dict[str, Any]) -> dict[str, Any]:
    """``fields`` itself where every name is decent, else a copy whose names are.

    A name is cut to ``LONGEST_NAME`` characters, control characters become U+FFFD, an empty name becomes
    ``_``. The event is kept: a hostile name must not be a way past detection.
    """
    if _known_names.issuperset(fields):
        return fields
    clean = {name: _clean(name) for name in fields}
    if len(_known_names) > _KNOWN_NAMES_KEPT:
        _known_names.clear()
    _known_names.update(name for name, decent in clean.items() if name == decent)
    if all(name == decent for name, decent in clean.items()):
        return fields
    renamed: dict[str, Any] = {}
    for name, value in fields.items():
        put(renamed, clean[name], value)
    return renamed


def _clean(name: str) -> str:
    if not name.isprintable():
        name = "".join(letter if letter.isprintable() else "\ufffd" for letter in name)
    return name[:LONGEST_NAME] or "_"
