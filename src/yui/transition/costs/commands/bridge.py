"""``yui costs bridge``."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yui.kernel.calendar_jp import DateNotUnderstood, FiscalYear, Month
from yui.kernel.policy import Actor
from yui.transition.costs.engine.bridge import Effect, Row
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.queries.bridge import Question, Span, bridge_for
from yui.transition.costs.queries.monthly import METRICS
from yui.transition.costs.wording import EFFECT_NAMES

GROUPS = {
    "ward": lambda key: (key.ward,),
    "system": lambda key: (key.ward, key.system),
    "category": lambda key: (key.category,),
}


class Command(BaseCommand):
    """Explains the difference between two periods."""

    help = "2つの期間の費用の差を理由ごとに分ける / explain the difference of cost between two periods"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the two periods (months, spans or fiscal years) and the filters."""
        parser.add_argument("--from", dest="first", default="", metavar="YYYY-MM", help="前の期間の最初の月")
        parser.add_argument("--from-end", default="", metavar="YYYY-MM", help="前の期間の最後の月")
        parser.add_argument("--to", default="", metavar="YYYY-MM", help="後の期間の最初の月")
        parser.add_argument("--to-end", default="", metavar="YYYY-MM", help="後の期間の最後の月")
        parser.add_argument("--fiscal-year", default="", metavar="YYYY", help="この年度を前の年度と比べる")
        parser.add_argument("--ward", default="", metavar="CODE")
        parser.add_argument("--system", default=None, metavar="CODE")
        parser.add_argument("--category", default="", choices=["", *CostCategory.values])
        parser.add_argument("--metric", choices=METRICS, default="billed")
        parser.add_argument("--by", choices=list(GROUPS), default="ward")
        parser.add_argument("--allocated", action="store_true", help="配賦の後の負担を比べる")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the totals and every reason in whole yen."""
        before, after = spans_of(options)
        question = Question(
            before,
            after,
            ward=options["ward"],
            system=options["system"],
            category=options["category"],
            metric=options["metric"],
            is_allocated=options["allocated"],
        )
        answer = bridge_for(Actor.system("command line"), question)
        if answer.bridge is None:
            raise CommandError(
                f"為替レートがありません / exchange rates are missing: {', '.join(answer.missing)}"
            )
        total = answer.bridge.total()
        if options["json"]:
            told = {
                "from": [str(before.first), str(before.last)],
                "to": [str(after.first), str(after.last)],
                "metric": question.metric,
                **as_row(total),
                "residual": total.change - sum(total.effects.values()),
                "items": len(answer.bridge.contributions),
                "rows": answer.rows,
                "by": options["by"],
                "groups": [
                    {"key": list(row.key), **as_row(row)} for row in answer.bridge.by(GROUPS[options["by"]])
                ],
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(f"{before.label}\t{total.before:,}")
        for effect, amount in total.effects.items():
            self.stdout.write(f"{EFFECT_NAMES[effect]}\t{amount:+,}")
        self.stdout.write(f"{after.label}\t{total.after:,}")


def spans_of(options: dict[str, Any]) -> tuple[Span, Span]:
    """Return the two periods that the options name.

    Raises:
        CommandError: for a month or year that cannot be read, and where a period is not named.
    """
    try:
        if options["fiscal_year"]:
            year = FiscalYear.parse(options["fiscal_year"])
            return _year(year.previous()), _year(year)
        if not options["first"] or not options["to"]:
            raise CommandError("--from と --to、または --fiscal-year が要ります / name both periods")
        return (
            _span(options["first"], options["from_end"]),
            _span(options["to"], options["to_end"]),
        )
    except DateNotUnderstood as error:
        raise CommandError(str(error)) from error


def _year(year: FiscalYear) -> Span:
    return Span(year.months[0], year.months[-1])


def _span(first: str, last: str) -> Span:
    """Return the months from ``first`` to ``last`` (a single month without a last one)."""
    ends = sorted((Month.parse(first), Month.parse(last or first)))
    return Span(ends[0], ends[1])


def as_row(row: Row) -> dict[str, Any]:
    """Return totals and effects as JSON, in whole yen."""
    return {
        "before": row.before,
        "after": row.after,
        "change": row.change,
        "effects": {effect.value: row.effects[effect] for effect in Effect},
    }
