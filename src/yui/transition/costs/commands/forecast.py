"""``yui costs forecast``."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from yui.kernel.policy import Actor
from yui.transition.costs.models import CostForecast
from yui.transition.costs.operations.forecast_costs import forecast_costs
from yui.transition.costs.queries.outlook import outlook_for
from yui.transition.costs.ward_option import add_ward, organisations_named

REASON = "command line"


class Command(BaseCommand):
    """Looks ahead to the end of the fiscal year, and prints what is expected."""

    help = "年度末までのコストの見通しを計算して表示する / look ahead to the end of the fiscal year"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the ward and the form of the answer."""
        add_ward(parser)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line (or JSON object) per organisation that has bills."""
        actor = Actor.system(REASON)
        made = [forecast_costs(actor, each) for each in organisations_named(options["ward"])]
        rows = [as_row(actor, each) for each in made if each is not None]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            known = f"{row['total_yen']:,} JPY {row['range_80']}" if row["total_yen"] is not None else "?"
            self.stdout.write(f"{row['ward']}\t{row['fiscal_year']}\t{known}\t{len(row['series'])}")


def as_row(actor: Actor, forecast: CostForecast) -> dict[str, Any]:
    """Return one organisation's outlook as JSON; yen are null while an exchange rate is missing."""
    code = forecast.organisation.code
    found = outlook_for(actor, ward=code)
    return {
        "ward": code,
        "fiscal_year": forecast.fiscal_year,
        "last_month": forecast.last_month,
        "made_at": forecast.created_at.isoformat(),
        "inputs_sha256": forecast.inputs_sha256,
        "total_yen": found.total if found else None,
        "range_80": found.inner if found else None,
        "range_95": found.outer if found else None,
        "rates": {each.currency: str(each.rate) for each in found.rates} if found else {},
        "error_correlation": found.rho if found else None,
        "wape": forecast.wape,
        "series": forecast.series,
    }
