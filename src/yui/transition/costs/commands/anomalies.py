"""``yui costs anomalies``."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from yui.kernel.policy import Actor
from yui.transition.costs.models import CostAnomaly
from yui.transition.costs.models.anomaly import STILL_TO_DO
from yui.transition.costs.operations.detect_anomalies import detect_anomalies
from yui.transition.costs.ward_option import add_ward, organisations_named


class Command(BaseCommand):
    """Looks for anomalies, and prints those that nobody has explained."""

    help = "コストの気になる増減を調べて表示する / look for anomalies in costs"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the ward and the form of the answer."""
        add_ward(parser)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line (or JSON object) per anomaly, the largest difference first."""
        actor = Actor.system("command line")
        wards = organisations_named(options["ward"])
        for ward in wards:
            detect_anomalies(actor, ward)
        found = (
            CostAnomaly.objects.visible_to(actor)
            .filter(organisation__in=wards, state__in=STILL_TO_DO)
            .select_related("organisation")
        )
        rows = sorted(map(as_row, found), key=lambda row: -abs(row["impact_yen"] or 0))
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            where = "\t".join([row["ward"], row["period"], row["kind"], row["system"], row["service"]])
            self.stdout.write(f"{where}\t{row['expected']} → {row['actual']} {row['currency']}")


def as_row(anomaly: CostAnomaly) -> dict[str, Any]:
    """Return an anomaly as JSON; amounts are exact texts."""
    return {
        "id": anomaly.pk,
        "ward": anomaly.organisation.code,
        "kind": anomaly.kind,
        "grain": anomaly.grain,
        "period": anomaly.period,
        "last_period": anomaly.last_period,
        "provider": anomaly.provider,
        "account": anomaly.account,
        "system": anomaly.system_code,
        "service": anomaly.service,
        "expected": anomaly.expected,
        "actual": anomaly.actual,
        "currency": anomaly.currency,
        "score": str(anomaly.score),
        "impact_yen": anomaly.impact_yen,
        "cause": anomaly.cause,
        "state": anomaly.state,
    }
