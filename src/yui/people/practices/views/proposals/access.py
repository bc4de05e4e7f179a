"""What every page of proposals asks first: who reads, which record, in whose name."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.kernel.scope.models import Organisation
from yui.people.practices.models import Proposal
from yui.people.practices.policies_proposals import may_handle
from yui.people.practices.queries.proposals.listing import own_organisations, proposals_for

R = TypeVar("R")


def actor_of(request: HttpRequest) -> Actor:
    """Return who reads."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


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


def attempt(form: BaseForm, call: Callable[[], R]) -> tuple[bool, R | None]:
    """Run an operation for a valid form; what it refuses is shown in the form.

    Returns whether it ran, and its result.
    """
    if not form.is_valid():
        return False, None
    try:
        return True, call()
    except ValidationError as error:
        add_errors(form, error)
        return False, None


def refused(call: Callable[[], Any]) -> list[str]:
    """Run an operation and return the sentences with which it refuses, none where it ran."""
    try:
        call()
    except ValidationError as error:
        return list(error.messages)
    return []


def add_errors(form: BaseForm, error: ValidationError) -> None:
    """Show what an operation refused at the fields that it names, else above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, leaves in error.error_dict.items():
        form.add_error(name if name in form.fields else None, leaves)
