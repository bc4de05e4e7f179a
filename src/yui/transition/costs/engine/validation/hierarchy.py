"""How rules stand to each other: which composite holds which, and what follows for their rows."""

from collections.abc import Collection

from yui.transition.costs.formats.rule_model import Check, Rule, RuleModel, members_of


class Hierarchy:
    """The composites above each rule of a model, for a provider that declares some criteria."""

    def __init__(self, model: RuleModel, criteria: Collection[str]) -> None:
        self._rules = model.rules
        self._criteria = criteria
        self._parents: dict[str, list[Rule]] = {}
        for rule in model.rules.values():
            for member in members_of(rule):
                self._parents.setdefault(member, []).append(rule)
        self._conditions: dict[str, Check | None] = {}
        self._applicable: dict[str, bool] = {}

    def condition(self, rule: Rule) -> Check | None:
        """Return the rows to which a rule applies, those of the composites above it included.

        A rule within several composites applies where one of them does.
        """
        if rule.id not in self._conditions:
            above = [self.condition(parent) for parent in self._parents.get(rule.id, ())]
            known = [condition for condition in above if condition is not None]
            inherited = _joined("OR", tuple(known)) if len(known) == len(above) else None
            own = (rule.condition,) if rule.condition else ()
            self._conditions[rule.id] = _joined("AND", (*own, *((inherited,) if inherited else ())))
        return self._conditions[rule.id]

    def is_applicable(self, rule: Rule) -> bool:
        """Tell whether a rule applies to the provider."""
        if rule.id not in self._applicable:
            parents = self._parents.get(rule.id, ())
            self._applicable[rule.id] = all(criterion in self._criteria for criterion in rule.criteria) and (
                not parents or any(self.is_applicable(parent) for parent in parents)
            )
        return self._applicable[rule.id]

    def missing_criteria(self, rule: Rule) -> tuple[str, ...]:
        """Return the criteria that would have to be declared for the rule to apply."""
        own = [criterion for criterion in rule.criteria if criterion not in self._criteria]
        if own:
            return tuple(own)
        above = (self.missing_criteria(parent) for parent in self._parents.get(rule.id, ()))
        return next((names for names in above if names), ())

    def members_first(self) -> list[Rule]:
        """Return the composite rules, each after the composites that it holds."""
        ordered: dict[str, Rule] = {}
        stack = [(rule, False) for rule in reversed(list(self._rules.values())) if members_of(rule)]
        while stack:
            rule, is_left = stack.pop()
            if is_left:
                ordered.setdefault(rule.id, rule)
            elif rule.id not in ordered:
                stack.append((rule, True))
                inner = (self._rules.get(member) for member in members_of(rule))
                stack += [(one, False) for one in inner if one and members_of(one)]
        return list(ordered.values())


def columns_checked_by(model: RuleModel, function: str) -> tuple[str, ...]:
    """Return the columns of which some rule asks ``function``."""
    found = (
        str(rule.requirement.arguments.get("ColumnName", ""))
        for rule in model.rules.values()
        if rule.requirement and rule.requirement.function == function
    )
    return tuple(dict.fromkeys(name for name in found if name))


def _joined(function: str, checks: tuple[Check, ...]) -> Check | None:
    if not checks:
        return None
    return checks[0] if len(checks) == 1 else Check(function, {}, checks)
