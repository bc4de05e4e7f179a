"""Change what is stated about a data link."""

from yui.kernel.links import urn
from yui.kernel.operations import operation
from yui.kernel.operations.saving import change_record, record_changes
from yui.kernel.policy import Actor, Verb, require
from yui.registry.errors import OtherOrganisation
from yui.registry.facts import LinkFacts
from yui.registry.models import DataLink


@operation("registry.link.update")
def update_link(actor: Actor, *, link: DataLink, facts: LinkFacts) -> bool:
    """Give the link these facts; tell whether anything changed.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's ledger.
        OtherOrganisation: when one of the systems belongs to another organisation.
        ValidationError: when both ends are one system, or the same link is there already.
    """
    organisation = link.source.organisation
    require(actor, Verb.EDIT, organisation)
    for system in (facts.source, facts.target):
        if system.organisation_id != organisation.pk:
            raise OtherOrganisation(system.code)
    stored = (
        DataLink.objects.owned_by(organisation)
        .select_for_update(of=("self",))
        .select_related("source", "target")
        .get(pk=link.pk)
    )
    changes = change_record(stored, facts.values())
    return record_changes(
        organisation,
        changes,
        subject=urn("registry.link", stored.pk),
        summary=f"データ連携「{facts.source.name} → {facts.target.name}」を更新しました。",
    )
