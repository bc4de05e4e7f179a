"""Turns a conversion table into one SELECT: a provider's rows in, FOCUS rows (every cell as text) out.

A row may become several (a credit, the unused part of a commitment), so that each FOCUS row says one thing.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from yui.kernel.lake.reading import literal
from yui.transition.costs.engine.provider_values import (
    NOTHING,
    Cells,
    condition,
    elements,
    is_reduced_rate,
    no_number,
    number,
    value_of,
)
from yui.transition.costs.formats.focus import TAGS
from yui.transition.costs.formats.providers.tables import ProviderTable, Rule, Split

ENTRIES = '\'[{"key": "VARCHAR", "value": "VARCHAR"}]\''


def focus_query(table: ProviderTable, cells: Cells, relation: str, row: str) -> str:
    """Return a SELECT over ``relation`` that gives the FOCUS rows of a provider's file, every cell as text.

    Args:
        cells: the file's columns.
        row: SQL for the number of the row in the file; kept as ``x_source_row``.
    """
    named = {f"s{place}": text for place, text in enumerate(cells.sql.values())}
    short = Cells(dict(zip(cells.sql, named, strict=True)))
    splits = [split for split in table.splits if _is_possible(split, short)]
    inner = ", ".join([f"{text} AS {name}" for name, text in named.items()] + [f"{row} AS x_source_row"])
    inner = f"SELECT {inner} FROM {relation}"  # noqa: S608
    values = {rule.target: value_of(rule.recipe, short) for rule in table.rules}
    values |= tags_of(table, short)
    if splits:
        values["BilledCost"] = _poisoned(values["BilledCost"], splits, short)
        inner = f"SELECT *, unnest({_ways(splits, short, values)}) AS x_way FROM ({inner})"  # noqa: S608
    columns = [f"{_by_way(target, sql, splits, short)} AS {target}" for target, sql in values.items()]
    names = " ".join(
        f"WHEN {place} THEN {literal(split.name)}" for place, split in enumerate(splits, start=1)
    )
    columns.append(f"CASE x_way.way {names} END AS x_split" if splits else f"{NOTHING} AS x_split")
    return f"SELECT {', '.join(columns)}, x_source_row FROM ({inner})"  # noqa: S608


def tags_of(table: ProviderTable, cells: Cells) -> dict[str, str]:
    """Return SQL for ``Tags`` (one JSON object) and for the columns of the tags that name a purpose."""
    objects: list[str] = []
    columns: dict[str, str] = {}
    for tags in table.tags:
        if tags["kind"] == "columns":
            found = {table.is_tag(name): text for name, text in cells.sql.items() if table.is_tag(name)}
            columns |= found
            objects += [_object_of_columns(found)] if found else []
            continue
        text = cells.first(tags["columns"])
        objects += [] if text == NOTHING else [_object(text, tags)]
    merged = NOTHING
    for each in objects:
        both = f"TRY(json_merge_patch(coalesce({merged}, '{{}}'), coalesce({each}, '{{}}')))"
        merged = each if merged == NOTHING else both
    merged = f"CAST(nullif(CAST({merged} AS VARCHAR), '{{}}') AS VARCHAR)"
    found_tags = {"Tags": merged}
    for name, keys in TAGS.items():
        bare = [text for key, text in columns.items() if key.rpartition(".")[2] in keys]
        paths = ", ".join(literal(f'$."{key}"') for key in keys)
        named = f"TRY(list_filter(json_extract_string({merged}, [{paths}]), lambda tag: tag IS NOT NULL)[1])"
        found_tags[name] = f"coalesce({', '.join([*bare, named])})"
    return found_tags


def _is_possible(split: Split, cells: Cells) -> bool:
    """Tell whether the file has the columns from which a further row is made."""
    if split.each:
        return split.each in cells.sql
    return any(name in cells.sql for name in _effective(split).columns) and all(
        name in cells.sql for name in split.when
    )


def _effective(split: Split) -> Rule:
    return next(rule for rule in split.rules if rule.target == "EffectiveCost")


def _ways(splits: Sequence[Split], cells: Cells, values: Mapping[str, str]) -> str:
    """Return SQL for the list of rows that a row becomes: itself, and those of the splits that fit."""
    nobody = 'CAST(NULL AS STRUCT(amount VARCHAR, "type" VARCHAR, "name" VARCHAR))'
    is_good = f"{number(values['BilledCost'])} IS NOT NULL AND {number(values['EffectiveCost'])} IS NOT NULL"
    lists = [f"[{{'way': 0, 'part': {nobody}}}]"]
    for place, split in enumerate(splits, start=1):
        if split.each:
            own = f"list_filter({elements(cells.text(split.each))}, lambda part: NOT ({is_reduced_rate()}))"
            some = f"list_transform({own}, lambda part: {{'way': {place}, 'part': part}})"
            fits = is_good
        else:
            some = f"[{{'way': {place}, 'part': {nobody}}}]"
            fits = f"{is_good} AND {_has_amount(split, cells)}"
        lists.append(f"CASE WHEN {fits} THEN {some} ELSE [] END")
    return f"list_concat({', '.join(lists)})"


def _has_amount(split: Split, cells: Cells) -> str:
    amount = value_of(_effective(split).recipe, cells)
    return f"{condition(split.when, cells)} AND coalesce({number(amount)}, 0) <> 0"


def _poisoned(billed: str, splits: Sequence[Split], cells: Cells) -> str:
    """Return SQL for the billed cost, or for a bad amount of a further row: both are then refused."""
    amounts = [(split, value_of(_effective(split).recipe, cells)) for split in splits if not split.each]
    wrong = [
        f"CASE WHEN {condition(split.when, cells)} THEN {no_number(amount)} END" for split, amount in amounts
    ]
    return f"coalesce({', '.join([*wrong, billed])})"


def _by_way(target: str, sql: str, splits: Sequence[Split], cells: Cells) -> str:
    """Return SQL for a column that differs between the rows that one row becomes."""
    changed = [
        f"WHEN {place} THEN {value_of(rule.recipe, cells)}"
        for place, split in enumerate(splits, start=1)
        for rule in split.rules
        if rule.target == target
    ]
    return f"CASE x_way.way {' '.join(changed)} ELSE {sql} END" if changed else sql


def _object(text: str, tags: Mapping[str, Any]) -> str:
    """Return SQL for the JSON object of a column of tags."""
    if tags["kind"] == "braceless":
        return f"CASE WHEN starts_with(ltrim({text}), '{{') THEN {text} ELSE '{{' || {text} || '}}' END"
    if tags["kind"] == "entries":
        listed = f'list_filter(from_json({text}, {ENTRIES}), lambda entry: entry."key" IS NOT NULL)'
        return f"TRY(CAST(to_json(map_from_entries({listed})) AS VARCHAR))"
    leads = "|".join(tags.get("strip", ()))
    return f"regexp_replace({text}, '([{{,]\\s*\")(?:{leads})', '\\1', 'g')"


def _object_of_columns(columns: Mapping[str, str]) -> str:
    """Return SQL for the JSON object of tags that have a column each; an empty cell is no tag."""
    entries = ", ".join(f"{{'key': {literal(key)}, 'value': {text}}}" for key, text in columns.items())
    return (
        f"CAST(to_json(map_from_entries(list_filter([{entries}], "
        'lambda entry: entry."value" IS NOT NULL))) AS VARCHAR)'
    )
