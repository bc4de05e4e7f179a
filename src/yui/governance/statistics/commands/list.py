"""``yui statistics list``: the series in the store, with their sources."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from yui.governance.statistics.models import Series, Topic
from yui.governance.statistics.periods import period_label
from yui.governance.statistics.queries.series import series_for
from yui.kernel.policy import Actor


class Command(BaseCommand):
    """Print the series."""

    help = "公的統計の系列を示す / list the statistical series"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take topic and output form."""
        parser.add_argument("--topic", choices=Topic.values, help="分野 / topic (default: all)")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every series, a line each."""
        found = series_for(Actor.system("cli"))
        if options["topic"]:
            found = found.filter(topic=options["topic"])
        rows = [_row(each) for each in found]
        if options["as_json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            self.stdout.write(
                f"{row['code']}  {row['title']}({row['unit']})  {row['latest'] or '—'}  "
                f"{row['publisher']}「{row['source_title']}」{row['licence']}"
            )


def _row(series: Series) -> dict[str, Any]:
    source, latest_on = series.source, series.latest_on  # type: ignore[attr-defined]
    return {
        "code": series.code,
        "title": series.name,
        "unit": series.unit,
        "topic": series.topic,
        "frequency": series.frequency,
        "latest": period_label(latest_on, series.frequency) if latest_on else "",
        "retrieved_on": series.retrieved_on.isoformat() if series.retrieved_on else None,
        "source": source.code,
        "source_title": source.title,
        "publisher": source.publisher,
        "licence": str(source.get_licence_display()),
        "organisation": source.organisation.code,
        "is_illustrative": source.is_illustrative,
    }
