"""``yui costs whatif``."""

import json
from argparse import ArgumentParser
from fractions import Fraction
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yui.kernel.money import AmountNotUnderstood, to_decimal
from yui.kernel.policy import Actor
from yui.transition.costs.commands.bridge import spans_of
from yui.transition.costs.engine.rows import exact_text
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.queries.bridge import Question
from yui.transition.costs.queries.whatif import WhatIf, Wish, rounded, what_if


class Command(BaseCommand):
    """Works out what a period would cost under assumptions."""

    help = "為替レートなどを仮定した負担額を出す / what a period would cost at another rate"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the period compared with (from), the period (to), the filters and the assumptions."""
        for name, said in (
            ("--from", "比べる期間の最初の月"),
            ("--from-end", "比べる期間の最後の月"),
            ("--to", "最初の月"),
            ("--to-end", "最後の月"),
        ):
            destination = "first" if name == "--from" else name.removeprefix("--").replace("-", "_")
            parser.add_argument(name, dest=destination, default="", metavar="YYYY-MM", help=said)
        parser.add_argument("--fiscal-year", default="", metavar="YYYY")
        parser.add_argument("--ward", default="", metavar="CODE")
        parser.add_argument("--system", default=None, metavar="CODE")
        parser.add_argument("--category", default="", choices=["", *CostCategory.values])
        parser.add_argument("--rate", default="", metavar="YEN", help="1ドルの値段(円)")
        parser.add_argument("--discount", default="0", metavar="PERCENT", help="外貨の請求の値引き")
        parser.add_argument("--subsidy", default="0", metavar="PERCENT", help="補助の割合")
        parser.add_argument("--target", type=int, default=None, metavar="YEN", help="比べる額(円)")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print burden, break-even rate and the effect of one yen."""
        before, after = spans_of(options)
        question = Question(
            before,
            after,
            ward=options["ward"],
            system=options["system"],
            category=options["category"],
        )
        answer = what_if(Actor.system("command line"), question, _wish(options))
        told = as_json(answer)
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for name, value in told.items():
            if name != "scenarios":
                self.stdout.write(f"{name}\t{value}")


def _wish(options: dict[str, Any]) -> Wish:
    """Read the assumptions.

    Raises:
        CommandError: for what is no number, and for parts outside 0 to 100 percent.
    """
    try:
        rate = Fraction(to_decimal(options["rate"])) if options["rate"] else None
        discount = Fraction(to_decimal(options["discount"])) / 100
        subsidy = Fraction(to_decimal(options["subsidy"])) / 100
    except AmountNotUnderstood as error:
        raise CommandError(str(error)) from error
    if (rate is not None and rate <= 0) or not (0 <= discount <= 1 and 0 <= subsidy <= 1):
        raise CommandError("--rate > 0, 0 ≤ --discount ≤ 100, 0 ≤ --subsidy ≤ 100")
    return Wish(rate, discount, subsidy, options["target"])


def as_json(answer: WhatIf) -> dict[str, Any]:
    """Return the answer in whole yen, rates with four places."""
    target = answer.target
    return {
        "rate": exact_text(rounded(answer.assumed.rate, 4)),
        "yen_part": str(rounded(answer.now.mix.yen)),
        "dollars": exact_text(rounded(answer.now.mix.foreign, 6)),
        "burden": int(rounded(answer.burden)),
        "target": None if target is None else int(rounded(target)),
        "difference": None if target is None else int(rounded(answer.burden - target)),
        "per_yen": int(rounded(answer.per_yen)),
        "break_even": None if answer.break_even is None else exact_text(rounded(answer.break_even, 4)),
        "missing_rates": list(answer.now.missing),
        "scenarios": [
            {"rate": int(rounded(each.rate)), "yen": int(rounded(each.yen))} for each in answer.steps
        ],
    }
