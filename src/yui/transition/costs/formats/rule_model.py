"""The FOCUS requirements model: the specification's rules as data (JSON).

The layout is that of the FinOps Foundation's ``model-<version>.json``: ``ModelRules`` holds one object per
rule, whose ``ValidationCriteria`` say what must be satisfied and under which condition.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from yui.transition.costs.formats.rule_model_errors import ModelHasCycle, ModelUnreadable

MEMBER = "CheckModelRule"
COLUMN_ARGUMENTS = ("ColumnName", "ColumnAName", "ColumnBName", "ResultColumnName")
OFFICIAL_FUNCTIONS = frozenset(
    {
        *("AND", "OR", MEMBER, "ColumnPresent", "CheckDistinctCount", "ColumnByColumnEqualsColumnValue"),
        *("CheckValue", "CheckNotValue", "CheckSameValue", "CheckNotSameValue"),
        *("CheckGreaterOrEqualThanValue", "CheckDecimalValue", "CheckNationalCurrency"),
        *("TypeString", "TypeDecimal", "TypeDateTime", "FormatDateTime", "FormatNumeric", "FormatString"),
        *("FormatUnit", "FormatCurrency", "FormatKeyValue"),
    }
)
"""The check functions of the official layout; those that we add are for our own rules alone."""
LARGEST_MODEL = 64 * 2**20
DEEPEST_CHECK = 40


@dataclass(frozen=True)
class Check:
    """One call of a check function.

    Attributes:
        function: its name, ``AND`` and ``OR`` among them.
        arguments: its arguments by name.
        items: the checks that ``AND`` and ``OR`` join.
    """

    function: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    items: tuple["Check", ...] = ()

    def everything(self) -> Iterator["Check"]:
        """Yield this check and all checks within it."""
        yield self
        for item in self.items:
            yield from item.everything()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the check and those within it look at, each once."""
        named = (str(c.arguments[a]) for c in self.everything() for a in COLUMN_ARGUMENTS if a in c.arguments)
        return tuple(dict.fromkeys(named))

    @property
    def members(self) -> tuple[str, ...]:
        """The other rules that the check asks for."""
        found = (c.arguments.get("ModelRuleId") for c in self.everything() if c.function == MEMBER)
        return tuple(str(rule) for rule in found if rule)


@dataclass(frozen=True)
class Rule:
    """One requirement of the specification.

    Attributes:
        id: as the model names it.
        function: what sort of requirement it is (Presence, Type, Format, Nullability, Validation, Composite).
        reference: the column or attribute whose section of the specification holds it.
        keyword: MUST, MUST NOT, SHOULD, SHOULD NOT, RECOMMENDED or MAY.
        text: the requirement in the specification's words.
        requirement: the check, ``None`` where the model has none (a "dynamic" rule).
        condition: the rows to which it applies, ``None`` for all.
        criteria: what a provider must support for the rule to apply.
        fails_without_column: whether a file without the column breaks the rule.
    """

    id: str
    function: str
    reference: str
    keyword: str
    text: str
    requirement: Check | None
    condition: Check | None = None
    criteria: tuple[str, ...] = ()
    fails_without_column: bool = True

    @property
    def is_permission(self) -> bool:
        """Whether the rule only allows something, so that nothing can break it."""
        return self.keyword == "MAY"


@dataclass(frozen=True)
class RuleModel:
    """All rules of one version.

    Attributes:
        name: what people are told about where the rules come from.
        is_official: whether the rules are the Foundation's own file, not ours.
        version: the version of FOCUS.
        rules: by their ids.
        criteria: the names of the applicability criteria, with what each means.
    """

    name: str
    is_official: bool
    version: str
    rules: Mapping[str, Rule]
    criteria: Mapping[str, str]


def read_rule_model(path: Path) -> RuleModel:
    """Read the model in the file at ``path``.

    Raises:
        ModelUnreadable: when the file is no such model, with the place in it.
        ModelHasCycle: when a composite rule contains itself.
    """
    try:
        if path.stat().st_size > LARGEST_MODEL:
            raise ModelUnreadable(path.name, "> 64 MB")
        data = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise ModelUnreadable(path.name, str(error)[:200] or type(error).__name__) from error
    return parse_rule_model(data, path.name)


def parse_rule_model(data: Any, name: str, *, is_official: bool = True) -> RuleModel:
    """Make a model of the parsed JSON; raises as ``read_rule_model``."""
    reader = _Reader(name)
    rules_found = reader.mapping(reader.mapping(data, "$").get("ModelRules"), "ModelRules")
    if not rules_found:
        raise ModelUnreadable(name, "ModelRules")
    rules = {}
    for rule_id, value in rules_found.items():
        rule = reader.rule(rule_id, value)
        if rule is not None:
            rules[rule_id] = rule
    demand_no_cycle(rules)
    details = data.get("Details")
    version = details.get("FOCUSVersion", "") if isinstance(details, dict) else ""
    criteria = data.get("ApplicabilityCriteria")
    named = {
        str(key): str(value.get("Description", "")) if isinstance(value, dict) else ""
        for key, value in (criteria.items() if isinstance(criteria, dict) else ())
    }
    used = {criterion for rule in rules.values() for criterion in rule.criteria}
    return RuleModel(
        name, is_official, str(version), rules, named | dict.fromkeys(sorted(used - set(named)), "")
    )


def parse_check(value: Any, name: str = "") -> Check | None:
    """Make a check of its JSON; raises ``ModelUnreadable`` naming ``name`` when it is none."""
    return _Reader(name).check(value, "Requirement")


def demand_no_cycle(rules: Mapping[str, Rule]) -> None:
    """Refuse rules of which one contains itself.

    Raises:
        ModelHasCycle: with the rules that lead back to themselves.
    """
    done: set[str] = set()
    for start in rules:
        path: list[str] = []
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            rule_id, is_left = stack.pop()
            if is_left:
                path.pop()
                done.add(rule_id)
            elif rule_id in path:
                raise ModelHasCycle([*path[path.index(rule_id) :], rule_id])
            elif rule_id not in done and rule_id in rules:
                path.append(rule_id)
                stack.append((rule_id, True))
                stack += [(member, False) for member in members_of(rules[rule_id])]


def members_of(rule: Rule) -> tuple[str, ...]:
    """Return the rules that a composite rule joins, none for any other."""
    return rule.requirement.members if rule.requirement else ()


class _Reader:
    """Reads parts of a model; what is wrong is told with its place."""

    def __init__(self, name: str) -> None:
        self.name = name

    def mapping(self, value: Any, place: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise ModelUnreadable(self.name, place)
        return value

    def rule(self, rule_id: str, value: Any) -> Rule | None:
        """Read one rule; ``None`` for one that is no longer in force."""
        place = f"ModelRules.{rule_id}"
        found = self.mapping(value, place)
        if found.get("Status", "Active") != "Active":
            return None
        validation = self.mapping(found.get("ValidationCriteria"), f"{place}.ValidationCriteria")
        criteria = found.get("ApplicabilityCriteria") or []
        if not isinstance(criteria, list):
            raise ModelUnreadable(self.name, f"{place}.ApplicabilityCriteria")
        return Rule(
            id=rule_id,
            function=str(found.get("Function", "")),
            reference=str(found.get("Reference", "")),
            keyword=str(validation.get("Keyword", "")),
            text=str(validation.get("MustSatisfy", "")),
            requirement=self.check(validation.get("Requirement"), f"{place}.Requirement"),
            condition=self.check(validation.get("Condition"), f"{place}.Condition"),
            criteria=tuple(str(criterion) for criterion in criteria),
        )

    def check(self, value: Any, place: str, depth: int = 0) -> Check | None:
        """Read a check; nothing or an empty object is none.

        Some conditions are written ``{"AND": …}`` without the usual names; they mean the same.
        """
        if value is None or value == {}:
            return None
        if depth > DEEPEST_CHECK:
            raise ModelUnreadable(self.name, place)
        found = self.mapping(value, place)
        for joint in ("AND", "OR"):
            if "CheckFunction" not in found and joint in found:
                inner = found[joint]
                return self._joined(joint, inner if isinstance(inner, list) else [inner], place, depth)
        function = found.get("CheckFunction")
        if not isinstance(function, str):
            raise ModelUnreadable(self.name, f"{place}.CheckFunction")
        if function in {"AND", "OR"}:
            return self._joined(function, found.get("Items"), place, depth)
        arguments = {key: argument for key, argument in found.items() if key != "CheckFunction"}
        # A few calls name their column CheckCondition.
        if "ColumnName" not in arguments and isinstance(arguments.get("CheckCondition"), str):
            arguments["ColumnName"] = arguments.pop("CheckCondition")
        nested = arguments.pop("Items", None)
        items = self._items(nested, place, depth) if nested is not None else ()
        return Check(function, arguments, items)

    def _joined(self, function: str, items: Any, place: str, depth: int) -> Check:
        return Check(function, {}, self._items(items, place, depth))

    def _items(self, items: Any, place: str, depth: int) -> tuple[Check, ...]:
        if not isinstance(items, Sequence) or isinstance(items, str) or not items:
            raise ModelUnreadable(self.name, f"{place}.Items")
        found = (self.check(item, f"{place}.Items", depth + 1) for item in items)
        return tuple(check for check in found if check is not None)
