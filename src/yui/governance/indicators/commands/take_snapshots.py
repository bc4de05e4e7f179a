"""``yui take-snapshots``: store the figures of one or more months."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yui.governance.indicators.errors import IndicatorQuestionError
from yui.governance.indicators.operations.take_snapshots import take_snapshots
from yui.governance.indicators.queries.questions import read_month
from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.public import SECRETARIAT_CODE


class Command(BaseCommand):
    """Measure months and store what they show."""

    help = "指標の値を月ごとに記録する(やり直せます) / store the indicators' figures by month"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the span of months."""
        parser.add_argument("--from", dest="first", help="2024-04 (default: only the last month)")
        parser.add_argument("--to", dest="last", help="2026-10 (default: the last closed month)")

    def handle(self, *args: Any, first: str | None, last: str | None, **options: Any) -> None:
        """Store the figures and print how many are new."""
        try:
            end = read_month(last)
            start = read_month(first) if first else end
        except IndicatorQuestionError as error:
            raise CommandError(str(error), returncode=2) from error
        secretariat = Organisation.objects.get(code=SECRETARIAT_CODE)
        written = take_snapshots(
            Actor.system("cli"), secretariat=secretariat, months=Month.between(start, end)
        )
        self.stdout.write(f"{written:,}")
