"""The condition of an exclusion: from rows of a form to a Sigma search identifier, and back into words."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from yui.security.soc.engine.sigma.exclusions import ExclusionRefused, compile_exclusion
from yui.security.soc.operations.rules.errors import BadExclusion

MOST_ROWS = 12
MOST_VALUES = 200
LONGEST_VALUE = 4_000
MODIFIERS = ("", "contains", "startswith", "endswith", "re", "cidr")


class ConditionRow(NamedTuple):
    """One row: a field, how it is compared (a Sigma modifier, empty for equality), and its values."""

    field: str
    modifier: str
    values: tuple[str, ...]


def condition_of(rows: Iterable[ConditionRow]) -> dict[str, Any]:
    """Return the search identifier in which every row must hold, and of a row any value.

    Raises:
        BadExclusion: without any row, or for a row without field or value.
    """
    condition: dict[str, Any] = {}
    for row in rows:
        name = row.field.strip()
        values = [value for value in row.values if value]
        if not name and not values:
            continue
        if not name or "|" in name or name == "condition" or row.modifier not in MODIFIERS:
            raise BadExclusion(_("項目の名前を確かめてください。"))
        if not values:
            raise BadExclusion(_("「%(name)s」の値を書いてください。") % {"name": name})
        key = f"{name}|{row.modifier}" if row.modifier else name
        if key in condition:
            raise BadExclusion(_("「%(name)s」が2行あります。1行にまとめてください。") % {"name": name})
        condition[key] = values[0] if len(values) == 1 else values
    if not condition:
        raise BadExclusion(_("項目と値を1つは書いてください。"))
    return condition


def check_condition(condition: Mapping[str, Any]) -> None:
    """Refuse a condition that the engine cannot evaluate, or that leaves out everything.

    Raises:
        BadExclusion: saying why.
    """
    if not condition or "condition" in condition:
        raise BadExclusion(_("項目と値を1つは書いてください。"))
    if len(condition) > MOST_ROWS:
        raise BadExclusion(_("項目は%(rows)sまでです。") % {"rows": MOST_ROWS})
    for name, value in condition.items():
        values = value if isinstance(value, list) else [value]
        if len(values) > MOST_VALUES or any(len(str(one)) > LONGEST_VALUE for one in values):
            raise BadExclusion(_("「%(name)s」の値が多すぎるか、長すぎます。") % {"name": name})
        if any(not str(one).strip("*") for one in values):
            raise BadExclusion(_("「%(name)s」の値が空か「*」だけでは、除外が広すぎます。") % {"name": name})
    try:
        compile_exclusion(condition)
    except ExclusionRefused as error:
        raise BadExclusion(str(error)) from error


def condition_in_words(condition: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return (field, modifier, value) lines of a stored condition, for people."""
    lines = []
    for key, value in condition.items():
        name, _bar, modifier = str(key).partition("|")
        for one in value if isinstance(value, list) else [value]:
            lines.append((name, modifier, "" if one is None else str(one)))
    return lines
