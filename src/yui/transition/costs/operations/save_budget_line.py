"""Entering and correcting a line of a budget."""

from dataclasses import asdict, dataclass

from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.transition.costs.models import BudgetKind, BudgetLine


@dataclass(frozen=True)
class BudgetFacts:
    """What a line says. ``revision`` is 0 for the initial budget."""

    fiscal_year: int
    cost_category: str
    amount_yen: int
    kind: str = BudgetKind.INITIAL.value
    revision: int = 0
    budget_item: str = ""
    budget_detail: str = ""
    system_code: str = ""
    note: str = ""


@operation("costs.budget.save")
def save_budget_line(
    actor: Actor, *, organisation: Organisation, facts: BudgetFacts, line: BudgetLine | None = None
) -> tuple[BudgetLine, bool]:
    """Enter a line, or correct ``line``; return it and whether anything changed.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's records.
        ValidationError: for a line that is there already, and for a revision that does not fit its kind.
    """
    require(actor, Verb.EDIT, organisation)
    saved = line or BudgetLine(organisation=organisation)
    values = asdict(facts)
    changes = {
        name: [getattr(saved, name) if line else None, value]
        for name, value in values.items()
        if line is None or getattr(saved, name) != value
    }
    if not changes:
        record_nothing("the line says so already")
        return saved, False
    for name, value in values.items():
        setattr(saved, name, value)
    saved.full_clean()
    saved.save()
    verb = "直しました" if line else "入力しました"
    record(
        organisation,
        subject=urn("costs.budget", saved.pk),
        summary=f"{saved} の予算 {saved.amount_yen:,}円 を{verb}",
        changes=changes,
    )
    return saved, True
