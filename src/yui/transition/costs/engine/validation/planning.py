"""From rules to work: what one pass over the rows must count, what is settled without it."""

from collections.abc import Collection
from dataclasses import dataclass, field

from yui.transition.costs.engine.validation.header_checks import broken_names
from yui.transition.costs.engine.validation.hierarchy import Hierarchy
from yui.transition.costs.engine.validation.json_predicates import JSON_FUNCTIONS
from yui.transition.costs.engine.validation.lookup import NEVER, CannotCheck, ColumnAbsent
from yui.transition.costs.engine.validation.predicates import Predicates
from yui.transition.costs.engine.validation.table import FocusTable
from yui.transition.costs.engine.validation.verdicts import Example, Reason, Status
from yui.transition.costs.formats.focus import columns_of
from yui.transition.costs.formats.rule_model import OFFICIAL_FUNCTIONS, Check, Rule, RuleModel, members_of

HEADING_ROW = 1
SHOWN_COLUMNS = 3


@dataclass(frozen=True)
class Part:
    """What is counted of a rule.

    Attributes:
        breaks: SQL that is true for the rows that break it.
        columns: the columns to show of such a row.
        by_value: for a costly check, the columns that it looks at: it is made once per different value.
    """

    breaks: str
    columns: tuple[str, ...]
    by_value: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowCheck:
    """A rule to be counted row by row: a row breaks it when it breaks one of the parts.

    A check asked of each of many columns has a part for each; most have one part.
    """

    rule: Rule
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class GroupCheck:
    """A rule about the values that go together: each value of ``key`` has so many of ``value``.

    Attributes:
        where: SQL for the rows that the rule is about.
    """

    rule: Rule
    key: str
    value: str
    expected: int
    where: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """The status of a rule that needs no counting, or that was counted."""

    status: Status
    reason: Reason | None = None
    detail: str = ""
    failed_rows: int = 0
    examples: tuple[Example, ...] = ()


@dataclass
class Plan:
    """All the work for one file.

    Attributes:
        composites: the composite rules, each after those that it holds.
    """

    rows: list[RowCheck] = field(default_factory=list)
    groups: list[GroupCheck] = field(default_factory=list)
    settled: dict[str, Outcome] = field(default_factory=dict)
    composites: list[Rule] = field(default_factory=list)


def plan(model: RuleModel, table: FocusTable, criteria: Collection[str], ours: Collection[str] = ()) -> Plan:
    """Work out what must be counted for the rules of ``model`` on ``table``.

    Args:
        ours: the rules of an official model whose check is ours; only they may use functions of ours.
    """
    return _Planner(model, table, criteria, ours).plan()


class _Planner:
    def __init__(
        self, model: RuleModel, table: FocusTable, criteria: Collection[str], ours: Collection[str]
    ) -> None:
        self._ours = ours
        self._model = model
        self._table = table
        self._hierarchy = Hierarchy(model, criteria)
        self._predicates = Predicates(table)
        self._known = {column.name for column in columns_of(table.dataset)}
        self._plan = Plan()

    def plan(self) -> Plan:
        for rule in self._model.rules.values():
            if not self._hierarchy.is_applicable(rule):
                missing = ", ".join(self._hierarchy.missing_criteria(rule))
                self._settle(rule, Outcome(Status.NOT_APPLICABLE, Reason.CRITERIA, missing))
            elif rule.is_permission:
                self._settle(rule, Outcome(Status.NOT_APPLICABLE, Reason.PERMISSION))
            elif not members_of(rule):
                self._plan_leaf(rule)
        self._plan.composites = [
            rule for rule in self._hierarchy.members_first() if rule.id not in self._plan.settled
        ]
        return self._plan

    def _settle(self, rule: Rule, outcome: Outcome) -> None:
        self._plan.settled[rule.id] = outcome

    def _plan_leaf(self, rule: Rule) -> None:
        check = rule.requirement
        if check is None:
            self._settle(rule, Outcome(Status.SKIPPED, Reason.UNDECIDABLE))
            return
        try:
            if self._model.is_official and rule.id not in self._ours:
                _demand_official(check)
            if check.function == "ColumnPresent":
                self._presence(rule, check)
            elif (names := broken_names(check, self._table.header, self._known)) is not None:
                self._names(rule, names)
            elif check.function == "CheckDistinctCount":
                self._group(rule, check)
            else:
                self._row(rule, check)
        except CannotCheck as error:
            self._settle(rule, Outcome(Status.SKIPPED, Reason.UNKNOWN_FUNCTION, error.detail))
        except ColumnAbsent as error:
            status = Status.FAIL if rule.fails_without_column else Status.NOT_APPLICABLE
            self._settle(rule, Outcome(status, Reason.COLUMN_ABSENT, error.column))

    def _presence(self, rule: Rule, check: Check) -> None:
        name = str(check.arguments.get("ColumnName", ""))
        if name in self._table.columns:
            self._settle(rule, Outcome(Status.PASS))
        else:
            self._settle(rule, Outcome(Status.FAIL, Reason.COLUMN_ABSENT, name))

    def _names(self, rule: Rule, names: list[str]) -> None:
        examples = tuple(Example(HEADING_ROW, name, name) for name in names[:SHOWN_COLUMNS])
        self._settle(rule, Outcome(Status.FAIL if names else Status.PASS, examples=examples))

    def _where(self, rule: Rule) -> str:
        condition = self._hierarchy.condition(rule)
        if condition is not None and self._model.is_official:
            _demand_official(condition)
        return self._predicates.holds(condition) if condition else ""

    def _row(self, rule: Rule, check: Check) -> None:
        is_many = check.function == "AND" and all(len(item.columns) == 1 for item in check.items)
        if not is_many:
            parts = [self._part(rule, check)]
        else:
            present = [item for item in check.items if item.columns[0] in self._table.columns]
            parts = [self._part(rule, item) for item in present]
        counted = tuple(part for part in parts if part.breaks != NEVER)
        if counted:
            self._plan.rows.append(RowCheck(rule, counted))
        else:
            self._settle(rule, Outcome(Status.PASS))

    def _part(self, rule: Rule, check: Check) -> Part:
        breaks, where = self._predicates.breaks(check), self._where(rule)
        if NEVER in {breaks, where}:
            return Part(NEVER, ())
        whole = f"({breaks}) AND ({where})" if where else breaks
        columns = check.columns + (rule.condition.columns if rule.condition else ())
        return Part(whole, self._shown(columns), self._by_value(rule, check))

    def _by_value(self, rule: Rule, check: Check) -> tuple[str, ...]:
        """Return the columns of a check of JSON when nothing else decides whether it applies."""
        functions = {one.function for one in check.everything()}
        if not functions & {*JSON_FUNCTIONS, "FormatKeyValue"}:
            return ()
        condition = self._hierarchy.condition(rule)
        columns = tuple(name for name in check.columns if name in self._table.columns)
        return columns if condition is None or set(condition.columns) <= set(columns) else ()

    def _group(self, rule: Rule, check: Check) -> None:
        names = [str(check.arguments.get(argument, "")) for argument in ("ColumnAName", "ColumnBName")]
        expected = check.arguments.get("ExpectedCount")
        if not isinstance(expected, int) or expected < 0:
            raise CannotCheck("CheckDistinctCount.ExpectedCount")
        for name in names:
            if name not in self._table.columns:
                raise ColumnAbsent(name)
        key, value = (self._table.columns[name].sql for name in names)
        where = " AND ".join(filter(None, (f"{key} IS NOT NULL", self._where(rule))))
        self._plan.groups.append(GroupCheck(rule, key, value, expected, where, self._shown(tuple(names))))

    def _shown(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        present = (name for name in columns if name in self._table.columns)
        return tuple(dict.fromkeys(present))[:SHOWN_COLUMNS]


def _demand_official(check: Check) -> None:
    """Refuse functions that the official layout does not have, so that a file cannot reach ours."""
    for one in check.everything():
        if one.function not in OFFICIAL_FUNCTIONS:
            raise CannotCheck(one.function)
