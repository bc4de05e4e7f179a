"""What pages on rules, senders and the rota ask first: who reads, which record, for which ward."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from yui.kernel.policy import PermissionRefused, Verb, allows
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.security.soc.policies import joint_body, may, readable_wards


def chosen_ward(request: HttpRequest) -> tuple[Organisation | None, list[Organisation]]:
    """Return the ward that the address names, and those to choose from.

    Without a name it is the reader's own ward, and None (all that the reader may see) for the joint body.
    A ward that the reader may not see answers 404.
    """
    wards = [ward for ward in readable_wards(actor_of(request)) if ward.is_ward]
    code = request.POST.get("ward") or request.GET.get("ward") or ""
    if code == "all":
        return None, wards
    if code:
        found = next((ward for ward in wards if ward.code == code), None)
        if found is None:
            raise Http404(_("その区の記録はありません。"))
        return found, wards
    own = actor_of(request).organisation_ids
    return next((ward for ward in wards if ward.pk in own), None), wards


def editable_ward(request: HttpRequest) -> Organisation:
    """Return the chosen ward, for whoever may change its records; 403 for others, 404 where none is named."""
    ward, wards = chosen_ward(request)
    if ward is None and len(wards) == 1:
        ward = wards[0]
    if ward is None:
        raise Http404(_("区を選んでください。"))
    if not may(actor_of(request), Verb.EDIT, ward):
        raise PermissionRefused(actor_of(request), Verb.EDIT)
    return ward


def require_body(request: HttpRequest, verb: Verb = Verb.EDIT) -> Organisation:
    """Return the joint body, or answer 403 to whoever may not change its records."""
    body = joint_body()
    if not allows(actor_of(request), verb, body):
        raise PermissionRefused(actor_of(request), verb)
    return body
