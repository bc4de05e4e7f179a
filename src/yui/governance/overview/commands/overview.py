"""``yui overview``: the four views, or one, with their findings and sources."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yui.governance.indicators.public import UnknownMonth, UnknownWard
from yui.governance.overview.errors import UnknownView
from yui.governance.overview.panels.parts import View
from yui.governance.overview.panels.views import VIEWS, view_of
from yui.governance.overview.queries.question import ask
from yui.governance.overview.rows import as_dict
from yui.kernel.policy import Actor


class Command(BaseCommand):
    """Print what each panel finds."""

    help = "現状データの4つの見方を示す / show the four views of the present state"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the view, the ward, the month and the output form."""
        parser.add_argument("--view", help=f"{', '.join(VIEWS)} (default: all)")
        parser.add_argument("--ward", default="", help="団体コード of the ward set beside the others")
        parser.add_argument("--month", default="", help="2026-10 (default: the newest stored month)")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work out and print; one view as an object, all as a list."""
        try:
            question = ask(Actor.system("cli"), options["month"], options["ward"])
            views = [view_of(question, code) for code in ([options["view"]] if options["view"] else VIEWS)]
        except (UnknownMonth, UnknownWard, UnknownView) as error:
            raise CommandError(str(error), returncode=2) from error
        if options["json"]:
            rows = [as_dict(question, view) for view in views]
            self.stdout.write(json.dumps(rows[0] if options["view"] else rows, ensure_ascii=False, indent=1))
            return
        for view in views:
            self._print(view)

    def _print(self, view: View) -> None:
        self.stdout.write(view.title)
        for panel in view.panels:
            advice = panel.advice.text if panel.advice else ""
            self.stdout.write(f"  {panel.title}\n    {panel.finding or advice}")
            for origin in panel.origins:
                self.stdout.write(f"    · {origin.text}")
