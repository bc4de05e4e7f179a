"""Taking a line out of a budget."""

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.transition.costs.models import BudgetLine


@operation("costs.budget.remove")
def remove_budget_line(actor: Actor, *, line: BudgetLine) -> None:
    """Remove a line that was entered by mistake; the ledger keeps what it said.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's records.
    """
    organisation, subject = line.organisation, urn("costs.budget", line.pk)
    require(actor, Verb.EDIT, organisation)
    summary, amount = f"{line} の予算 {line.amount_yen:,}円 を消しました", line.amount_yen
    BudgetLine.objects.owned_by(organisation).filter(pk=line.pk).delete()
    record(organisation, subject=subject, summary=summary, changes={"amount_yen": [amount, None]})
