"""Remove a data link."""

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.registry.facts import LinkFacts
from yui.registry.models import DataLink


@operation("registry.link.remove")
def unlink_systems(actor: Actor, *, link: DataLink) -> None:
    """Remove a data link; the ledger keeps what it was.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's ledger.
    """
    organisation = link.source.organisation
    require(actor, Verb.EDIT, organisation)
    facts = LinkFacts.of(link)
    record(
        organisation,
        subject=urn("registry.link", link.pk),
        summary=f"データ連携「{link.source.name} → {link.target.name}」を削除しました。",
        changes={name: [value, None] for name, value in facts.values().items()},
    )
    link.delete()
