"""``yui challenges show``: the logic model of a pillar with its figures and gaps."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yui.governance.challenges.models.challenge import PILLARS
from yui.governance.challenges.queries.logic_model import LogicModel, logic_models
from yui.governance.challenges.queries.model_rows import model_rows
from yui.governance.challenges.words import column_text, finding, gap_text, model_title
from yui.kernel.calendar_jp import DateNotUnderstood, Month
from yui.kernel.policy import Actor


class Command(BaseCommand):
    """Print the logic model of one pillar or of all."""

    help = "ロジックモデルを示す / show the logic model of a pillar"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the pillar, the month and the output form."""
        parser.add_argument("--pillar", type=int, choices=PILLARS, help="支援策 / 1, 2 or 3 (default: all)")
        parser.add_argument("--month", help="月 / month such as 2026-10 (default: the newest stored)")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read and print; one pillar as an object, all as a list."""
        try:
            month = Month.parse(options["month"]) if options["month"] else None
        except DateNotUnderstood as error:
            raise CommandError(str(error), returncode=2) from error
        pillars = [options["pillar"]] if options["pillar"] else PILLARS
        models = logic_models(Actor.system("cli"), pillars, month)
        if options["json"]:
            rows = [model_rows(each) for each in models]
            self.stdout.write(
                json.dumps(rows[0] if options["pillar"] else rows, ensure_ascii=False, indent=1)
            )
            return
        for each in models:
            self._print(each)

    def _print(self, model: LogicModel) -> None:
        self.stdout.write(f"{model_title(model)} {model.month}\n  {finding(model)}")
        for column, nodes in model.columns:
            self.stdout.write(f"[{column_text(column)}]")
            for node in nodes:
                figure = " ".join(filter(None, (node.value_text, node.status_text)))
                targets = "、".join(arrow.target.title for arrow in model.arrows_from(node.key))
                self.stdout.write(f"  {node.title} {figure}".rstrip() + (f" → {targets}" if targets else ""))
        for gap in model.gaps:
            self.stdout.write(f"  ! {gap_text(gap)}")
