"""Which organisation a page is about, and whether the reader may be there at all."""

from typing import Any, cast

from django.http import Http404, HttpRequest

from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.kernel.scope.models import Organisation
from yui.organisations.models import Membership, User
from yui.organisations.policies import can_administer
from yui.organisations.queries.members import member_of


def actor_in(request: HttpRequest) -> Actor:
    """Return the request's actor."""
    return request.actor  # type: ignore[attr-defined]


def visible_organisation(request: HttpRequest, code: str) -> Organisation:
    """Return the organisation if the reader works in it or administers it; answer 404 otherwise."""
    organisation = Organisation.objects.active().filter(code=code).first()
    actor = actor_in(request)
    if organisation is None:
        raise Http404
    if organisation.pk not in actor.organisation_ids and not can_administer(actor, organisation):
        raise Http404
    return organisation


def administered_organisation(request: HttpRequest, code: str) -> Organisation:
    """Return the organisation if the reader administers it; 404 for strangers, 403 for its own others."""
    organisation = visible_organisation(request, code)
    if not can_administer(actor_in(request), organisation):
        raise PermissionRefused(actor_in(request), Verb.ADMINISTER)
    return organisation


def visible_member(
    request: HttpRequest, organisation: Organisation, user_id: int
) -> tuple[User, list[Membership]]:
    """Return a person who works, or worked, in the organisation, with those roles; answer 404 otherwise."""
    found = member_of(actor_in(request), organisation, user_id)
    if found is None:
        raise Http404
    return found


def page_context(request: HttpRequest, organisation: Organisation, **more: Any) -> dict[str, Any]:
    """Return what every page of an organisation shows: itself, and whether its tabs for administrators."""
    return {
        "organisation": organisation,
        "administers": can_administer(actor_in(request), organisation),
        **more,
    }


def signed_in_user(request: HttpRequest) -> User:
    """Return the signed-in person."""
    return cast(User, request.user)
