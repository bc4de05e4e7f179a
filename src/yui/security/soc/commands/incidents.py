"""``yui soc incidents``."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yui.kernel.calendar_jp import TOKYO
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import ENDED_STATES
from yui.security.soc.queries.incidents.listing import incidents_with_times
from yui.security.soc.queries.incidents.summaries import IncidentSummary, summaries


class Command(BaseCommand):
    """Lists incidents with their times, MTTC and open papers."""

    help = "インシデントと報告の期限を並べる / list incidents, times to contain and due papers"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to narrow by."""
        parser.add_argument("--open", action="store_true", help="続いているものだけ / running ones only")
        parser.add_argument("--ward", default="", metavar="CODE")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line (or one JSON list) of incidents, newest detection first."""
        incidents = incidents_with_times(Actor.system("command line"))
        if options["ward"]:
            if not Organisation.objects.filter(code=options["ward"]).exists():
                raise CommandError(
                    f"--ward {options['ward']}: 団体コードが見つかりません / no such organisation"
                )
            incidents = incidents.filter(organisation__code=options["ward"])
        if options["open"]:
            incidents = incidents.exclude(state__in=ENDED_STATES)
        found = summaries(list(incidents))
        if options["json"]:
            self.stdout.write(
                json.dumps([asdict(each) for each in found], ensure_ascii=False, default=_plain)
            )
            return
        for each in found:
            self.stdout.write("\t".join(_cells(each)))


def _plain(value: Any) -> str:
    """Return a moment as text, in Tokyo."""
    if isinstance(value, datetime):
        return value.astimezone(TOKYO).isoformat()
    raise TypeError(type(value).__name__)


def _cells(each: IncidentSummary) -> list[str]:
    """Return what one line shows."""
    due = next((paper.due_at for paper in each.open_papers if paper.due_at), None)
    return [
        each.number,
        each.state,
        str(each.severity),
        each.category,
        "" if each.hours_to_contain is None else f"{each.hours_to_contain:.1f}h",
        due.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M") if due else "",
        # A title may hold what steers a terminal.
        "".join(sign for sign in each.title if sign.isprintable()),
    ]
