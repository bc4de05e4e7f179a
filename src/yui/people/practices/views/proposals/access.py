"""What every page of proposals asks first: who reads, which record, in whose name."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.people.practices.models import Proposal
from yui.people.practices.policies_proposals import may_handle
from yui.people.practices.queries.proposals.listing import own_organisations, proposals_for


def visible_proposal(request: HttpRequest, pk: int) -> Proposal:
    """Return a proposal that the reader may see, or answer 404."""
    return get_object_or_404(proposals_for(actor_of(request)), pk=pk)


def handled_proposal(request: HttpRequest, pk: int) -> Proposal:
    """Return a proposal that the reader may handle; 404 where unseen, 403 where only seen."""
    found = visible_proposal(request, pk)
    if not found.number or not may_handle(actor_of(request), found):
        raise PermissionRefused(actor_of(request), Verb.EDIT)
    return found


def chosen_organisation(
    request: HttpRequest, verb: Verb = Verb.VIEW
) -> tuple[Organisation, list[Organisation]]:
    """Return the reader's organisation that the address names, and those to choose from.

    Without a name it is the first. One in which the reader may not do ``verb`` answers 403, an unknown
    one 404.
    """
    actor = actor_of(request)
    choices = own_organisations(actor)
    if not actor.is_system:
        allowed = actor.organisation_ids_with(verb)
        choices = [each for each in choices if each.pk in allowed]
    if not choices:
        raise PermissionRefused(actor, verb)
    code = request.POST.get("organisation") or request.GET.get("organisation", "")
    if code and not Organisation.objects.filter(code=code).exists():
        raise Http404(_("その団体はありません。"))
    wanted = [each for each in choices if each.code == code] if code else choices
    if not wanted:
        raise PermissionRefused(actor, verb)
    return wanted[0], choices
