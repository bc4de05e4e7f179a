"""What pages on rules, senders and the rota ask first: who reads, which record, for which ward."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from yui.kernel.policy import Actor, PermissionRefused, Verb, allows
from yui.kernel.scope.models import Organisation
from yui.security.soc.policies import joint_body, may, readable_wards

R = TypeVar("R")


def actor_of(request: HttpRequest) -> Actor:
    """Return who reads."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def visible_or_404(records: QuerySet, **condition: Any) -> Any:
    """Return the record, or answer 404: one that the reader may not see does not exist for him."""
    return get_object_or_404(records, **condition)


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


def add_errors(form: BaseForm, error: ValidationError) -> None:
    """Show what an operation refused at the fields that it names, else above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, leaves in error.error_dict.items():
        form.add_error(name if name in form.fields else None, leaves)
