"""``yui costs allocate``."""

import json
from argparse import ArgumentParser
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yui.kernel.calendar_jp import DateNotUnderstood, Month
from yui.kernel.policy import Actor
from yui.transition.costs.engine.rows import EXACT, exact_text
from yui.transition.costs.models import AllocatedCost, MonthlyCost
from yui.transition.costs.queries.allocations import allocated_to

REASON = "the command line checks every sum that was shared"
Key = tuple[int, str, str, str]


class Command(BaseCommand):
    """Shows what a month's joint costs were divided into, and checks that nothing was lost."""

    help = "ある月の配賦を示し、合計が一致するか確かめる / show a month's allocation and check its sums"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the month."""
        parser.add_argument("--month", required=True, metavar="YYYY-MM")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line for each share, then whether the sums agree; end with 1 where they do not."""
        try:
            month = str(Month.parse(options["month"]))
        except DateNotUnderstood as error:
            raise CommandError(str(error)) from error
        shares = list(allocated_to(Actor.system("command line"), month=month))
        wrong = differences(month, shares)
        if options["json"]:
            answer = {
                "month": month,
                "shares": [as_row(share) for share in shares],
                "adds_up": not wrong,
                "differences": wrong,
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            for share in shares:
                self.stdout.write("\t".join(map(str, as_row(share).values())))
            self.stdout.write(
                f"{len(shares)} 件 / shares; 合計{'一致' if not wrong else '不一致'} {wrong or ''}"
            )
        if wrong:
            raise SystemExit(1)


def differences(month: str, shares: list[AllocatedCost]) -> list[str]:
    """Return the shared sums of a month that their shares do not add up to, or whose ratios are not 1."""
    billed: dict[Key, Decimal] = {}
    ratios: dict[Key, Decimal] = {}
    for share in shares:
        key = (share.part_id, share.system_code, share.cost_category, share.currency)
        billed[key] = EXACT.add(billed.get(key, Decimal(0)), Decimal(share.billed))
        ratios[key] = EXACT.add(ratios.get(key, Decimal(0)), Decimal(share.ratio))
    sources = {
        (cost.part_id, cost.system_code, cost.cost_category, cost.currency): Decimal(cost.billed)
        for cost in MonthlyCost.objects.unscoped(REASON).filter(month=month)
    }
    return [
        f"{key[1]} {key[2]}: {exact_text(sources.get(key, Decimal(0)))} ≠ {exact_text(total)} {key[3]}"
        for key, total in billed.items()
        if sources.get(key) != total or ratios[key] != 1
    ]


def as_row(share: AllocatedCost) -> dict[str, str]:
    """Return a share as JSON."""
    return {
        "owner": share.owner.code,
        "receiver": share.organisation.code,
        "version": str(share.version),
        "system": share.system_code,
        "category": share.cost_category,
        "currency": share.currency,
        "billed": share.billed,
        "ratio": share.ratio,
    }
