"""``yui costs summary``."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yui.kernel.calendar_jp import DateNotUnderstood, Month
from yui.kernel.policy import Actor
from yui.transition.costs.engine.rows import amounts_as_text, exact_text
from yui.transition.costs.queries.after_allocation import GROUPS as GROUPS_AFTER
from yui.transition.costs.queries.after_allocation import borne_by, summarise_borne
from yui.transition.costs.queries.monthly import GROUPS, METRICS, Cell, costs_visible_to, summarise


class Command(BaseCommand):
    """Adds up costs by ward, system, month, category or provider."""

    help = "コストを区・システム・月ごとに合計する / add up costs by ward, system and month"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the groups, the metric and the months."""
        groups = f"{','.join(GROUPS)}; --after-allocation: {','.join(GROUPS_AFTER)}"
        parser.add_argument("--by", default="ward,system,month", help=groups)
        parser.add_argument("--metric", choices=METRICS, default="billed")
        parser.add_argument("--from", dest="first", default="", metavar="YYYY-MM")
        parser.add_argument("--to", dest="last", default="", metavar="YYYY-MM")
        parser.add_argument("--ward", default="", metavar="CODE")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--after-allocation", action="store_true", help="共同の費用を配賦したあとの金額")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line (or JSON object) per group."""
        by = [group.strip() for group in options["by"].split(",") if group.strip()]
        known = GROUPS_AFTER if options["after_allocation"] else GROUPS
        unknown = [group for group in by if group not in known]
        if unknown or not by:
            raise CommandError(f"--by: {', '.join(unknown) or '?'} — {', '.join(known)}")
        asked: dict[str, Any] = {
            "organisations": [options["ward"]] if options["ward"] else None,
            "first_month": self._month(options["first"]),
            "last_month": self._month(options["last"]),
            "metric": options["metric"],
        }
        actor = Actor.system("command line")
        if options["after_allocation"]:
            cells = summarise_borne(borne_by(actor, **asked), by)
        else:
            cells = summarise(costs_visible_to(actor, **asked), by, options["metric"])
        if options["json"]:
            rows = [as_row(by, cell, options["metric"]) for cell in cells]
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for cell in cells:
            amounts = " ".join(f"{amount} {name}" for name, amount in amounts_as_text(cell.amounts).items())
            self.stdout.write("\t".join([*cell.key, amounts]))

    @staticmethod
    def _month(text: str) -> str:
        try:
            return str(Month.parse(text)) if text else ""
        except DateNotUnderstood as error:
            raise CommandError(str(error)) from error


def as_row(by: list[str], cell: Cell, metric: str) -> dict[str, Any]:
    """Return a group as JSON; yen are null while an exchange rate is missing."""
    yen = cell.yen.yen
    return {
        **dict(zip(by, cell.key, strict=True)),
        "metric": metric,
        "amounts": amounts_as_text(cell.amounts),
        "yen": None if yen is None else exact_text(yen),
        "missing_rates": [f"{currency} {month}" for currency, month in sorted(cell.yen.missing)],
        "rows": cell.yen.rows,
    }
