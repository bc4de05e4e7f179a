"""What the room's URNs lead to."""

from collections.abc import Mapping

from django.urls import reverse

from yui.kernel.links import Link, Resolver, urn
from yui.kernel.links.keyed import keys_among
from yui.kernel.policy import Actor
from yui.transition.costs.models import (
    AllocationRule,
    AllocationRuleVersion,
    BillImport,
    CostAnomaly,
    InvoiceTotal,
    Petition,
)


def bills(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those bills that ``actor`` may see."""
    found = BillImport.objects.visible_to(actor).filter(pk__in=keys_among(identifiers))
    return {
        str(bill.pk): Link(urn("costs.bill", bill.pk), bill.file_name, bill.get_absolute_url())
        for bill in found
    }


def petitions(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those petitions that ``actor`` may see."""
    found = Petition.objects.visible_to(actor).filter(pk__in=keys_among(identifiers))
    return {
        str(each.pk): Link(urn("costs.petition", each.pk), each.title, each.get_absolute_url())
        for each in found.defer("content")
    }


def allocation_rules(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those allocation rules that ``actor`` may see."""
    found = AllocationRule.objects.visible_to(actor).filter(pk__in=keys_among(identifiers))
    return {
        str(rule.pk): Link(urn("costs.allocation_rule", rule.pk), rule.name, rule.get_absolute_url())
        for rule in found
    }


def allocation_versions(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those versions that ``actor`` may see."""
    found = AllocationRuleVersion.objects.visible_to(actor).filter(pk__in=keys_among(identifiers))
    return {
        str(each.pk): Link(urn("costs.allocation_version", each.pk), str(each), each.get_absolute_url())
        for each in found.select_related("rule")
    }


def anomalies(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those anomalies that ``actor`` may see."""
    found = CostAnomaly.objects.visible_to(actor).filter(pk__in=keys_among(identifiers))
    return {
        str(anomaly.pk): Link(urn("costs.anomaly", anomaly.pk), str(anomaly), anomaly.get_absolute_url())
        for anomaly in found
    }


def invoices(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those invoice totals that ``actor`` may see, to the page of their month."""
    found = InvoiceTotal.objects.visible_to(actor).filter(pk__in=keys_among(identifiers))
    page = reverse("costs:reconciliation")
    return {
        str(each.pk): Link(
            urn("costs.invoice", each.pk),
            str(each),
            f"{page}?ward={each.organisation.code}&from={each.month}&to={each.month}",
        )
        for each in found.select_related("organisation")
    }


RESOLVERS: Mapping[str, Resolver] = {
    "costs.bill": bills,
    "costs.petition": petitions,
    "costs.allocation_rule": allocation_rules,
    "costs.allocation_version": allocation_versions,
    "costs.anomaly": anomalies,
    "costs.invoice": invoices,
}
