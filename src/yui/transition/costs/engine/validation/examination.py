"""Examines a file of FOCUS against a rule model: opens, plans, counts, and gives one verdict per rule."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from yui.kernel.exchange.formats.limits import DEFAULT_LIMITS, Limits
from yui.transition.costs.engine.database import open_database, readable
from yui.transition.costs.engine.opening import open_bill
from yui.transition.costs.engine.validation.amending import amended
from yui.transition.costs.engine.validation.choosing import ModelChoice
from yui.transition.costs.engine.validation.counting import Counting, OnStep
from yui.transition.costs.engine.validation.planning import Outcome, Plan, plan
from yui.transition.costs.engine.validation.table import open_table
from yui.transition.costs.engine.validation.verdicts import Reason, Report, Status, Verdict
from yui.transition.costs.formats.rule_model import MEMBER, Rule, RuleModel, members_of
from yui.transition.costs.formats.rule_model_errors import ModelUnreadable, UnknownCriterion

ALL = "ALL"
MEMBERS_NAMED = 8


def examine(
    path: Path,
    workspace: Path,
    *,
    engine: Mapping[str, Any],
    choice: ModelChoice,
    criteria: Collection[str] = (),
    file_name: str = "",
    limits: Limits = DEFAULT_LIMITS,
    on_step: OnStep = lambda _done, _total: None,
) -> Report:
    """Examine the file at ``path``.

    Args:
        path: CSV, gzipped CSV or Parquet.
        workspace: a private folder for what must be unpacked.
        engine: DuckDB's settings (threads, memory_limit).
        choice: where the rules come from.
        criteria: the applicability criteria that the provider fulfils; ``ALL`` among them means all.
        on_step: told how many steps of how many are done.

    Raises:
        FileRefused: when the file cannot be read, or the rules cannot be used.
        LakeWriteFailed: when the disk is full.
    """
    opened = open_bill(path, workspace, limits)
    with open_database(engine, workspace) as database:
        table = open_table(database, opened, workspace)
        model = choice.model_for(table.dataset, table.version)
        declared = declared_criteria(model, criteria)
        try:
            amended_model, ours = amended(model)
            work = plan(amended_model, table, declared, ours)
        except RecursionError as error:
            raise ModelUnreadable(model.name, "ModelRules") from error
        with readable():
            rows, counted = Counting(database, table).run(work, on_step)
    outcomes = {**work.settled, **counted}
    for rule_id, outcome in list(outcomes.items()):
        if outcome.status is Status.FAIL and outcome.reason is Reason.COLUMN_ABSENT:
            outcomes[rule_id] = Outcome(outcome.status, outcome.reason, outcome.detail, failed_rows=rows)
    _join(work, outcomes)
    return Report(
        file=file_name or path.name,
        rows=rows,
        dataset=table.dataset,
        version=model.version or table.version,
        model=model.name,
        is_official=model.is_official,
        criteria=tuple(sorted(declared)),
        verdicts=tuple(_verdict(rule, outcomes, ours) for rule in amended_model.rules.values()),
    )


def declared_criteria(model: RuleModel, criteria: Collection[str]) -> frozenset[str]:
    """Return the criteria asked for.

    Raises:
        UnknownCriterion: for one that the model does not have.
    """
    if ALL in criteria:
        return frozenset(model.criteria)
    unknown = sorted(set(criteria) - set(model.criteria))
    if unknown:
        raise UnknownCriterion(unknown, sorted(model.criteria))
    return frozenset(criteria)


def _join(work: Plan, outcomes: dict[str, Outcome]) -> None:
    """Work out the composite rules from the rules that they hold, innermost first."""
    for rule in work.composites:
        outcomes[rule.id] = _joined(rule, outcomes)


def _joined(rule: Rule, outcomes: Mapping[str, Outcome]) -> Outcome:
    """Join the members: AND fails with one of them, OR with all that could be checked."""
    assert rule.requirement is not None
    if any(item.function != MEMBER for item in rule.requirement.items):
        return Outcome(
            Status.SKIPPED, Reason.UNKNOWN_FUNCTION, f"{rule.requirement.function} of several sorts"
        )
    members = {name: outcomes[name] for name in members_of(rule) if name in outcomes}
    failed = [name for name, outcome in members.items() if outcome.status is Status.FAIL]
    passed = [name for name, outcome in members.items() if outcome.status is Status.PASS]
    is_or = rule.requirement.function == "OR"
    if failed and not (is_or and passed):
        rows = max(members[name].failed_rows for name in failed)
        named = ", ".join(failed[:MEMBERS_NAMED]) + (" …" if len(failed) > MEMBERS_NAMED else "")
        return Outcome(Status.FAIL, Reason.MEMBERS_FAILED, named, failed_rows=rows)
    if passed:
        return Outcome(Status.PASS)
    if members and all(outcome.status is Status.NOT_APPLICABLE for outcome in members.values()):
        return Outcome(Status.NOT_APPLICABLE, Reason.NO_MEMBER_CHECKED)
    return Outcome(Status.SKIPPED, Reason.NO_MEMBER_CHECKED)


def _verdict(rule: Rule, outcomes: Mapping[str, Outcome], ours: Collection[str]) -> Verdict:
    outcome = outcomes[rule.id]
    return Verdict(
        id=rule.id,
        status=outcome.status,
        failed_rows=outcome.failed_rows,
        examples=outcome.examples,
        reason=outcome.reason,
        detail=outcome.detail,
        column=rule.reference,
        keyword=rule.keyword,
        text=rule.text,
        is_ours=rule.id in ours,
    )
