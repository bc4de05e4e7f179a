"""架空データ: budgets of every ward, drawn around what its made-up bills come to."""

from random import Random

from yui.kernel.calendar_jp import Month
from yui.kernel.demonstration import Demonstration
from yui.kernel.scope.models import Organisation
from yui.transition.costs.demo.pricing import MADE_UP
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.models import BudgetKind, BudgetLine
from yui.transition.costs.queries.monthly import costs_visible_to, summarise

THOUSAND = 1000
ITEM = "総務費/総務管理費/電子計算費(架空)"
DETAILS = {"line": "役務費", "other": "需用費"}


def seed(demo: Demonstration) -> None:
    """Seed an initial budget for every year, system and 経費区分, and a supplementary one for some."""
    if not demo.wards or BudgetLine.objects.unscoped("seeding once").exists():
        return
    random, wards = demo.random_for("costs:budget"), {ward.code: ward for ward in demo.wards}
    paid: dict[tuple[str, str, str, int], list[int]] = {}
    for cell in summarise(costs_visible_to(demo.actor), ("ward", "system", "category", "month")):
        ward, system, category, month = cell.key
        if ward in wards and cell.yen.yen is not None:
            key = (ward, system, category, Month.parse(month).fiscal_year.year)
            paid.setdefault(key, []).append(int(cell.yen.yen))
    lines = [
        line for key, months in sorted(paid.items()) for line in _lines(random, wards[key[0]], key, months)
    ]
    BudgetLine.objects.bulk_create(lines, batch_size=500)


def _lines(
    random: Random, ward: Organisation, key: tuple[str, str, str, int], months: list[int]
) -> list[BudgetLine]:
    """Return the initial budget of a whole year, and sometimes a supplementary one."""
    _code, system, category, year = key
    yearly = sum(months) * 12 // len(months)
    common = {
        "organisation": ward,
        "fiscal_year": year,
        "budget_item": ITEM,
        "budget_detail": DETAILS.get(category, "委託料"),
        "system_code": system,
        "cost_category": category,
        "note": MADE_UP,
    }
    initial = yearly * random.randint(94, 112) // 100 // THOUSAND * THOUSAND
    lines = [BudgetLine(kind=BudgetKind.INITIAL, revision=0, amount_yen=initial, **common)]
    if category == CostCategory.CLOUD and random.random() < 0.5:
        added = yearly * random.randint(-4, 9) // 100 // THOUSAND * THOUSAND
        lines.append(BudgetLine(kind=BudgetKind.SUPPLEMENTARY, revision=1, amount_yen=added, **common))
    return lines
