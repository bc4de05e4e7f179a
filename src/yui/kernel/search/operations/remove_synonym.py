"""Makes two words no longer find each other."""

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.kernel.search.models import Synonym


@operation("search.synonym.remove")
def remove_synonym(actor: Actor, *, organisation: Organisation, synonym: Synonym) -> None:
    """Take the pair out, for every ward and from the next search on.

    Raises:
        PermissionRefused: where the actor does not administer the organisation, whose ledger keeps the deed.
    """
    require(actor, Verb.ADMINISTER, organisation)
    subject = urn("search.synonym", synonym.pk)
    synonym.delete()
    record(
        organisation,
        subject=subject,
        summary=f"同義語「{synonym.term}」と「{synonym.equivalent}」を外しました",
        changes={"語": [synonym.term, None], "同じ意味の語": [synonym.equivalent, None]},
    )
