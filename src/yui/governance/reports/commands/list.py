"""``yui reports list``: the reports, their states and newest editions."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder

from yui.governance.reports.queries.reports import edition_of, reports_for
from yui.kernel.policy import Actor


class Command(BaseCommand):
    """Print every report, the newest period first."""

    help = "報告書の一覧 / list the reports"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the output form."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one report a line, or all as JSON."""
        actor = Actor.system("cli")
        rows = []
        for each in reports_for(actor):
            newest = edition_of(actor, each)
            rows.append(
                {
                    "report": each.pk,
                    "organisation": each.organisation.code,
                    "kind": each.kind,
                    "first_day": each.first_day,
                    "state": each.state,
                    "edition": newest.number if newest else None,
                    "sha256": newest.sha256 if newest else None,
                    "published_at": each.published_at,
                }
            )
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder))
            return
        for row in rows:
            self.stdout.write(
                f"{row['report']:>5} {row['organisation']} {row['kind']:<7} {row['first_day']:%Y-%m} "
                f"{row['state']:<9} #{row['edition']} {(row['sha256'] or '')[:16]}"
            )
