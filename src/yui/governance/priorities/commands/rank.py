"""``yui priorities rank``: the rankings with their robustness."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yui.governance.priorities.errors import UnknownSet
from yui.governance.priorities.queries.rank_rows import rank_rows
from yui.governance.priorities.queries.sets import sets_for
from yui.kernel.policy import Actor


class Command(BaseCommand):
    """Print the ranking of one set or of all."""

    help = "優先度の順位とその確かさを示す / rank options and say how sure the ranking is"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the set and the output form."""
        parser.add_argument("--set", dest="code", help="コード / code of one set (default: all)")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rank and print; one set as an object, all as a list."""
        actor = Actor.system("cli")
        found = sets_for(actor)
        if options["code"]:
            found = found.filter(code=options["code"])
            if not found.exists():
                raise CommandError(str(UnknownSet(options["code"])), returncode=2)
        rows = [rank_rows(actor, each) for each in found]
        if options["json"]:
            wanted = rows[0] if options["code"] else rows
            self.stdout.write(json.dumps(wanted, ensure_ascii=False, indent=1))
            return
        for row in rows:
            self._print(row)

    def _print(self, row: dict[str, Any]) -> None:
        self.stdout.write(f"{row['set']} {row['title']} #{row['round']} {row['state']}")
        for option in row["options"]:
            shares = " ".join(f"{share:6.1%}" for share in option["acceptability"])
            self.stdout.write(
                f"{option['rank']:>3} {option['code']:<6} {option['score']:.2f} {shares}  {option['title']}"
            )
        for flip in row["flips"][:1]:
            self.stdout.write(f"    {flip['first']} → {flip['rival']}: {flip['change']:.1%}")
