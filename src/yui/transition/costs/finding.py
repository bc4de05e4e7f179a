"""What the room's URNs lead to."""

from collections.abc import Mapping

from django.urls import reverse

from yui.kernel.links import Link, urn
from yui.kernel.policy import Actor
from yui.transition.costs.models import BillImport, InvoiceTotal


def bills(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those bills that ``actor`` may see."""
    found = BillImport.objects.visible_to(actor).filter(pk__in=[int(i) for i in identifiers if i.isdigit()])
    return {
        str(bill.pk): Link(urn("costs.bill", bill.pk), bill.file_name, bill.get_absolute_url())
        for bill in found
    }


def invoices(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those invoice totals that ``actor`` may see, to the page of their month."""
    numbers = [int(i) for i in identifiers if i.isdigit()]
    found = InvoiceTotal.objects.visible_to(actor).filter(pk__in=numbers).select_related("organisation")
    page = reverse("costs:reconciliation")
    return {
        str(each.pk): Link(
            urn("costs.invoice", each.pk),
            str(each),
            f"{page}?ward={each.organisation.code}&from={each.month}&to={each.month}",
        )
        for each in found
    }
