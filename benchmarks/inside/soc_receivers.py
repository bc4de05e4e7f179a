"""Senders, rules and results of ``benchmarks.soc_receivers``, with Django loaded."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import F
from django.db.models.functions import Now

from yui.kernel.lake.models import LakeFile
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import Alert, DetectionRule
from yui.security.soc.operations.senders.register_sender import SenderFacts, register_sender

WHY = "the benchmark counts everything"


def main(part: str, *arguments: str) -> Any:
    """Run one part: ``prepare`` or ``found``."""
    return {"prepare": prepare, "found": found}[part](*arguments)


def prepare() -> list[str]:
    """Switch every rule on, register one sender in each ward; return their tokens."""
    DetectionRule.objects.unscoped(WHY).filter(unsupported="").update(is_default=True, updated_at=Now())
    facts = SenderFacts("benchmark", "token", ("elastic",))
    return [
        register_sender(Actor.system("benchmark"), ward=ward, facts=facts).token
        for ward in Organisation.objects.wards()
    ]


def found(begun: str) -> dict[str, Any]:
    """Return how many events are stored, and the seconds from each alert's event to the stored alert."""
    files = LakeFile.objects.live().filter(dataset="soc_events")
    alerts = Alert.objects.unscoped(WHY).filter(event_at__gte=datetime.fromtimestamp(float(begun), UTC))
    waits = alerts.annotate(wait=F("created_at") - F("event_at")).values_list("wait", flat=True)
    return {
        "stored": sum(files.values_list("rows", flat=True)),
        "files": files.count(),
        "waits": [wait.total_seconds() for wait in waits],
    }
