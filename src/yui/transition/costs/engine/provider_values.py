"""Turns one rule of a conversion table into SQL: the provider's cells as text in, one FOCUS cell as text out.

Everything stays text, so that the conversion of FOCUS files casts, checks and names bad cells afterwards as
it does for any FOCUS file. Where a rule computes, a cell that is no number comes out as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yui.kernel.lake.reading import identifier, literal
from yui.transition.costs.engine.sql_of_rows import DECIMAL
from yui.transition.costs.formats.providers.tables import column_and_path

NOTHING = "CAST(NULL AS VARCHAR)"
PARTS = '\'[{"amount": "VARCHAR", "type": "VARCHAR", "name": "VARCHAR"}]\''
# Reduced rates (FOCUS 1.4, BilledCost) by Google's types of credits; all others are credits of their own.
REDUCED_RATES = (
    "COMMITTED_USAGE_DISCOUNT",
    "COMMITTED_USAGE_DISCOUNT_DOLLAR_BASE",
    "DISCOUNT",
    "FEE_UTILIZATION_OFFSET",
    "SUSTAINED_USAGE_DISCOUNT",
)
FACTOR = "DECIMAL(19, 9)"
# Days as Azure writes them, months as Google writes them; everything else is ISO 8601.
WRITTEN_TIMES = "['%m/%d/%Y', '%Y-%m-%d', '%Y%m']"


@dataclass(frozen=True)
class Cells:
    """The provider's columns as SQL for their text, by name in the table's spelling."""

    sql: Mapping[str, str]

    def text(self, name: str) -> str:
        """Return SQL for a column's text, or for that at a key inside its JSON; null where it is absent."""
        column, key = column_and_path(name)
        found = self.sql.get(column, NOTHING)
        if not key or found == NOTHING:
            return found
        path = literal(f'$."{key}"')
        return f"TRY(json_extract_string({found}, {path}))"

    def first(self, names: Sequence[str]) -> str:
        """Return SQL for the first of the columns that is not empty."""
        present = [text for text in map(self.text, names) if text != NOTHING]
        return f"coalesce({', '.join(present)})" if present else NOTHING


def value_of(recipe: Mapping[str, Any], cells: Cells) -> str:
    """Return SQL for the value of a recipe."""
    default = _plain(recipe, cells)
    cases = " ".join(
        f"WHEN {condition(case.get('when', {}), cells)} THEN {_case(case, default, cells)}"
        for case in recipe.get("cases", ())
    )
    return f"CASE {cases} ELSE {default} END" if cases else default


def condition(when: Mapping[str, Sequence[str]], cells: Cells) -> str:
    """Return SQL for whether a row has one of the values named of each column.

    ``*`` stands for any value, ``~part`` for a value with the part in it; letter case does not matter.
    """
    tests = []
    for name, values in when.items():
        text = cells.text(name)
        if text == NOTHING:
            return "false"
        tests.append("(" + " OR ".join(_test(text, value) for value in values) + ")")
    return " AND ".join(tests) or "true"


def number(text: str, kind: str = DECIMAL) -> str:
    """Return SQL for a cell as an exact number, null where it is none."""
    return f"TRY_CAST({text} AS {kind})"


def no_number(text: str) -> str:
    """Return SQL for the text of a cell that is no number, null for one that is."""
    return f"CASE WHEN {text} IS NOT NULL AND {number(text)} IS NULL THEN {text} END"


def _plain(recipe: Mapping[str, Any], cells: Cells) -> str:
    """Return SQL for the operation of a recipe, its cases left aside."""
    otherwise = literal(recipe["otherwise"]) if recipe.get("otherwise") else NOTHING
    if "copy" in recipe:
        found = cells.first(recipe["copy"])
        return found if otherwise == NOTHING else f"coalesce({found}, {otherwise})"
    if "map" in recipe:
        pairs = " ".join(
            f"WHEN {literal(word.lower())} THEN {literal(value)}" for word, value in recipe["values"].items()
        )
        return f"CASE lower({cells.text(recipe['map'])}) {pairs} ELSE {otherwise} END"
    if "time" in recipe:
        return _time(cells.text(recipe["time"]), recipe.get("at", ""), recipe.get("zone", "UTC"))
    if "unit" in recipe:
        return _unit(cells.text(recipe["unit"]), recipe["part"], cells.text(recipe.get("times", "")))
    if "extract" in recipe:
        pattern = literal(recipe["pattern"])
        return f"nullif(regexp_extract({cells.text(recipe['extract'])}, {pattern}, 1), '')"
    if "credits" in recipe:
        return _with_reduced_rates(cells.text(recipe["onto"]), cells.text(recipe["credits"]))
    if "element" in recipe:
        return f"x_way.part.{identifier(recipe['element'])}"
    for operation in ("sum", "difference", "product"):
        if operation in recipe:
            return _computed(operation, [cells.text(name) for name in recipe[operation]])
    return literal(recipe["text"]) if recipe.get("text") else NOTHING


def _case(case: Mapping[str, Any], default: str, cells: Cells) -> str:
    """Return SQL for a case; one that finds its columns empty leaves the value to the default."""
    found = _plain(case, cells)
    return found if "text" in case or "unit" in case else f"coalesce({found}, {default})"


def _test(text: str, value: str) -> str:
    if value == "*":
        return f"coalesce({text}, '') <> ''"
    if value.startswith("~"):
        return f"contains(lower(coalesce({text}, '')), {literal(value[1:].lower())})"
    return f"lower(coalesce({text}, '')) = {literal(value.lower())}"


def _computed(operation: str, texts: Sequence[str]) -> str:
    """Return SQL for the sum, difference or product of cells as text."""
    texts = [text for text in texts if text != NOTHING]
    if not texts:
        return NOTHING
    wrong = ", ".join(map(no_number, texts))
    if operation == "product":
        result = number(texts[0], FACTOR)
        for text in texts[1:]:
            result = f"CAST({result} AS {FACTOR}) * {number(text, FACTOR)}"
        return f"coalesce({wrong}, CAST(TRY({result}) AS VARCHAR))"
    sign = " + " if operation == "sum" else " - "
    result = sign.join(f"coalesce({number(text)}, 0)" for text in texts)
    some = " OR ".join(f"{text} IS NOT NULL" for text in texts)
    return f"coalesce({wrong}, CASE WHEN {some} THEN CAST({result} AS VARCHAR) END)"


def _time(text: str, at: str, zone: str) -> str:
    """Return SQL for an instant in ISO 8601; a text that is no time comes out as it is."""
    if text == NOTHING:
        return NOTHING
    if not at:
        return f"regexp_replace({text}, ' UTC$', 'Z')"
    place = literal(zone)
    local = (
        f"coalesce(try_strptime({text}, {WRITTEN_TIMES}), "
        f"TRY_CAST(regexp_replace({text}, ' UTC$', 'Z') AS TIMESTAMPTZ) AT TIME ZONE {place})"
    )
    unit = "day" if at.endswith("day") else "month"
    moved = f"date_trunc('{unit}', {local})" + (f" + INTERVAL 1 {unit}" if at.startswith("next") else "")
    instant = (
        f"strftime(timezone({place}, CAST({moved} AS TIMESTAMP)) AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ')"
    )
    return f"coalesce({instant}, {text})"


def _unit(text: str, part: str, quantity: str) -> str:
    """Return SQL for the size of a unit of measure times ``quantity``, or for its name."""
    if text == NOTHING:
        return NOTHING
    found = f"regexp_extract({text}, '^\\s*([0-9]+)([KkMm]?)\\s*(.*?)\\s*$', ['size', 'many', 'name'])"
    name = f"{found}['name']"
    if part == "name":
        return (
            f"CASE WHEN {name} = '' THEN 'Units' WHEN starts_with({name}, '/') THEN 'Units' || {name} "
            f"ELSE regexp_replace({name}, '^(Hour|Day|Month)$', '\\1s') END"
        )
    written = number(f"{found}['size']", "DECIMAL(6, 0)")
    size = f"{written} * CASE upper({found}['many']) WHEN 'K' THEN 1000 WHEN 'M' THEN 1000000 ELSE 1 END"
    size = f"CAST(coalesce({size}, 1) AS DECIMAL(12, 0))"
    consumed = f"CAST({number(quantity, 'DECIMAL(26, 18)')} * {size} AS VARCHAR)"
    return f"coalesce({no_number(quantity)}, CASE WHEN {text} IS NOT NULL THEN {consumed} END)"


def elements(text: str) -> str:
    """Return SQL for the credits of a row; amounts are quoted first, so that no digit is lost as JSON."""
    quoted = f"regexp_replace({text}, '(\"amount\"\\s*:\\s*)(-?[0-9][0-9.eE+-]*)', '\\1\"\\2\"', 'g')"
    return f"coalesce(TRY(from_json({quoted}, {PARTS})), [])"


def is_reduced_rate() -> str:
    """Return SQL for whether the credit ``part`` is a reduced rate, which belongs to the charge itself."""
    return "coalesce(part.\"type\", '') IN (" + ", ".join(map(literal, REDUCED_RATES)) + ")"


def _with_reduced_rates(cost: str, text: str) -> str:
    """Return SQL for a cost with the credits that are reduced rates; a bad amount comes out as it is."""
    if text == NOTHING:
        return cost
    parts = elements(text)
    wrong = f"list_filter({parts}, lambda part: {number('part.amount')} IS NULL)"
    unread = f"CASE WHEN {text} IS NOT NULL AND TRY(from_json({text}, {PARTS})) IS NULL THEN {text} END"
    reduced = f"list_filter({parts}, lambda part: {is_reduced_rate()})"
    total = f"coalesce(list_sum(list_transform({reduced}, lambda part: {number('part.amount')})), 0)"
    named = f"CASE WHEN len({wrong}) > 0 THEN coalesce({wrong}[1].amount, '?') END"
    return f"coalesce({no_number(cost)}, {unread}, {named}, CAST({number(cost)} + {total} AS VARCHAR))"
