"""Where the URNs of saved hunts lead. Search does not read them: the index knows no private records."""

from collections.abc import Mapping

from yui.kernel.links import Link, Resolver, urn
from yui.kernel.links.keyed import keys_among
from yui.kernel.policy import Actor
from yui.security.soc.models import SavedHunt

KIND = "soc.saved_hunt"


def resolve_hunts(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links to those hunts that the actor finds."""
    keys = keys_among(identifiers)
    found = SavedHunt.objects.visible_to(actor).filter(pk__in=keys)
    return {str(hunt.pk): Link(urn(KIND, hunt.pk), hunt.name, hunt.get_absolute_url()) for hunt in found}


RESOLVERS: dict[str, Resolver] = {KIND: resolve_hunts}
