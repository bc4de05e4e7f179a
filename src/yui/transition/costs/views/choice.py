"""Which ward and which fiscal year a page is about."""

from django.http import HttpRequest

from yui.kernel.calendar_jp import DateNotUnderstood, FiscalYear
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.transition.costs.models import BudgetLine
from yui.transition.costs.queries.monthly import costs_visible_to
from yui.transition.costs.views.question import newest_month


def wards_with_figures(actor: Actor) -> list[Organisation]:
    """Return the organisations of whose costs or budget the reader may see something."""
    costs = costs_visible_to(actor).order_by().values_list("organisation_id", flat=True)
    budgets = BudgetLine.objects.visible_to(actor).order_by().values_list("organisation_id", flat=True)
    return list(Organisation.objects.filter(pk__in={*costs.distinct(), *budgets.distinct()}))


def chosen_ward(request: HttpRequest, actor: Actor, wards: list[Organisation]) -> Organisation | None:
    """Return the ward of the address, else one of the reader's own, else the first."""
    code = request.GET.get("ward", "")
    named = [ward for ward in wards if ward.code == code]
    own = [] if actor.is_system else [ward for ward in wards if ward.pk in actor.organisation_ids]
    return next(iter([*named, *own, *wards]), None)


def chosen_year(request: HttpRequest, actor: Actor) -> FiscalYear | None:
    """Return the fiscal year of the address, else the newest with costs or a budget."""
    text = request.GET.get("year", "")
    if text:
        try:
            return FiscalYear.parse(text)
        except DateNotUnderstood:
            pass
    newest = newest_month(actor)
    if newest is not None:
        return newest.fiscal_year
    planned = BudgetLine.objects.visible_to(actor).order_by("-fiscal_year").first()
    return None if planned is None else FiscalYear(planned.fiscal_year)
