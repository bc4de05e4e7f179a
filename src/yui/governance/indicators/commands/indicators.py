"""``yui indicators``: the tree, measured from records now."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yui.governance.indicators.errors import IndicatorQuestionError
from yui.governance.indicators.queries.questions import read_month, read_scopes
from yui.governance.indicators.queries.tree_rows import TreeRow, tree_rows
from yui.kernel.policy import Actor


class Command(BaseCommand):
    """Print every KGI, KSI and KPI."""

    help = "KGI・KSI・KPIを記録から測って示す / measure the KGI/KSI/KPI tree from records"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take month, ward and the output form."""
        parser.add_argument("--month", help="2026-10 (default: the last closed month)")
        parser.add_argument("--as-of", help="a day, 2026-03-31: the tree as of the end of its month")
        parser.add_argument("--ward", help="団体コード, or `all` (default: all wards together)")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print."""
        try:
            month = read_month(options["as_of"] or options["month"])
            rows = tree_rows(Actor.system("cli"), month, read_scopes(options["ward"]))
        except IndicatorQuestionError as error:
            raise CommandError(str(error), returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps([row.as_dict() for row in rows], ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"{month.label}")
        for row in rows:
            self.stdout.write(self._line(row))

    @staticmethod
    def _line(row: TreeRow) -> str:
        value = "—" if row.value is None else f"{row.value:,.2f}".rstrip("0").rstrip(".")
        target = "" if row.target is None else f" / {row.target:,g}"
        return f"{row.code:<8} {row.ward:<7} {value:>12}{target:<8} {row.unit:<8} {row.status:<5} {row.title}"
