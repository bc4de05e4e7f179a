"""What the room's URNs lead to."""

from collections.abc import Mapping

from yui.kernel.links import Link, urn
from yui.kernel.policy import Actor
from yui.transition.costs.models import BillImport, CostAnomaly


def bills(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those bills that ``actor`` may see."""
    found = BillImport.objects.visible_to(actor).filter(pk__in=[int(i) for i in identifiers if i.isdigit()])
    return {
        str(bill.pk): Link(urn("costs.bill", bill.pk), bill.file_name, bill.get_absolute_url())
        for bill in found
    }


def anomalies(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those anomalies that ``actor`` may see."""
    found = CostAnomaly.objects.visible_to(actor).filter(pk__in=[int(i) for i in identifiers if i.isdigit()])
    return {
        str(anomaly.pk): Link(urn("costs.anomaly", anomaly.pk), str(anomaly), anomaly.get_absolute_url())
        for anomaly in found
    }
