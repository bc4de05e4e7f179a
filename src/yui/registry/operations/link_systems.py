"""Join two systems by a data link."""

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.operations.saving import first_values, save_checked
from yui.kernel.policy import Actor, Verb, require
from yui.registry.errors import OtherOrganisation
from yui.registry.facts import LinkFacts
from yui.registry.models import DataLink


@operation("registry.link.add")
def link_systems(actor: Actor, *, facts: LinkFacts) -> DataLink:
    """Note that data goes from one system to another of the same organisation.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's ledger.
        OtherOrganisation: when the systems belong to two organisations.
        ValidationError: when both ends are one system, or the same link is there already.
    """
    organisation = facts.source.organisation
    require(actor, Verb.EDIT, organisation)
    if facts.target.organisation_id != organisation.pk:
        raise OtherOrganisation(facts.target.code)
    link = DataLink(**facts.values())
    save_checked(link)
    record(
        organisation,
        subject=urn("registry.link", link.pk),
        summary=f"データ連携「{link.source.name} → {link.target.name}」を登録しました。",
        changes=first_values(facts.values()),
    )
    return link
