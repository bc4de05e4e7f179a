"""Completes an official model: corrects checks that contradict their own text, adds checks where it has none.

The amendments are data (``amendments.json``), each with its reason and the section of the specification.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from yui.transition.costs.engine.validation.hierarchy import columns_checked_by
from yui.transition.costs.formats.rule_model import Check, Rule, RuleModel, parse_check

AMENDMENTS = Path(__file__).with_name("amendments.json")
EACH_COLUMN = "EachColumn"


@lru_cache(maxsize=1)
def amendments() -> dict[str, Any]:
    """Return the amendments by version: ``errata`` and ``supplements``."""
    data: dict[str, Any] = json.loads(AMENDMENTS.read_text(encoding="utf-8"))
    return data


def amended(model: RuleModel) -> tuple[RuleModel, frozenset[str]]:
    """Return the model with the amendments of its version, and the rules whose check is ours."""
    if not model.is_official:
        return model, frozenset()
    ours = dict(_changed(model))
    return replace(model, rules={**model.rules, **ours}), frozenset(ours)


def _changed(model: RuleModel) -> Iterator[tuple[str, Rule]]:
    """Yield the rules that change; an amendment to a rule that the model lacks does nothing."""
    found = amendments().get(model.version, {})
    for kind in ("errata", "supplements"):
        for entry in found.get(kind, ()):
            for rule_id in entry["rules"]:
                rule = model.rules.get(rule_id)
                if rule is not None:
                    yield rule_id, _amended_rule(model, rule, entry)


def _amended_rule(model: RuleModel, rule: Rule, entry: dict[str, Any]) -> Rule:
    requirement = parse_check(entry["requirement"]) if "requirement" in entry else rule.requirement
    if requirement is not None and requirement.function == EACH_COLUMN:
        requirement = _for_each_column(model, requirement)
    return replace(
        rule,
        requirement=requirement,
        condition=parse_check(entry["condition"]) if "condition" in entry else rule.condition,
        # A check of ours adds nothing to the rule that the column must be there.
        fails_without_column=rule.fails_without_column and rule.requirement is not None,
    )


def _for_each_column(model: RuleModel, check: Check) -> Check | None:
    """Repeat a check for all columns of which the model asks one function."""
    names = columns_checked_by(model, str(check.arguments["Of"]))
    if not names:
        return None
    inner = check.items[0]
    return Check(
        "AND",
        {},
        tuple(Check(inner.function, {**inner.arguments, "ColumnName": name}) for name in names),
    )
