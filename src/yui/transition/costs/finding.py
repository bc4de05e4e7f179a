"""What the room's URNs lead to."""

from collections.abc import Mapping

from yui.kernel.links import Link, urn
from yui.kernel.policy import Actor
from yui.transition.costs.models import BillImport, Petition


def bills(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those bills that ``actor`` may see."""
    found = BillImport.objects.visible_to(actor).filter(pk__in=[int(i) for i in identifiers if i.isdigit()])
    return {
        str(bill.pk): Link(urn("costs.bill", bill.pk), bill.file_name, bill.get_absolute_url())
        for bill in found
    }


def petitions(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those petitions that ``actor`` may see."""
    found = Petition.objects.visible_to(actor).filter(pk__in=[int(i) for i in identifiers if i.isdigit()])
    return {
        str(each.pk): Link(urn("costs.petition", each.pk), each.title, each.get_absolute_url())
        for each in found.defer("content")
    }
