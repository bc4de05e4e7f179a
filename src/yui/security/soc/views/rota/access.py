"""What every page of the rota asks first: does the reader work for the joint body?"""

from django.http import HttpRequest

from yui.kernel.policy import Verb, allows
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.security.soc.views.rules.access import require_body


def viewed_body(request: HttpRequest) -> Organisation:
    """Return the joint body, or answer 403: its rota is for its own people."""
    return require_body(request, Verb.VIEW)


def may_keep(request: HttpRequest, body: Organisation) -> bool:
    """Return whether the reader may change the rota."""
    return allows(actor_of(request), Verb.EDIT, body)
