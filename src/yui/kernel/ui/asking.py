"""What pages of every room ask: who reads, which record, and how an operation's refusal is shown."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.kernel.scope.basis import BasedForm, ChangedMeanwhile
from yui.kernel.scope.choosing import kept_by
from yui.kernel.scope.models import Organisation

R = TypeVar("R")


def actor_of(request: HttpRequest) -> Actor:
    """Return who reads."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def visible_or_404(records: QuerySet, **condition: Any) -> Any:
    """Return the record, or answer 404: one that the reader may not see does not exist for him."""
    return get_object_or_404(records, **condition)


def keeping_organisation(request: HttpRequest) -> Organisation:
    """Return the first organisation in whose name the reader may add something; 403 where there is none."""
    found = kept_by(actor_of(request))
    if not found:
        raise PermissionRefused(actor_of(request), Verb.EDIT)
    return found[0]


def attempt(form: BaseForm, call: Callable[[], R]) -> tuple[bool, R | None]:
    """Run an operation for a valid form; what it refuses is shown in the form.

    Returns whether it ran, and its result.
    """
    if not form.is_valid():
        return False, None
    try:
        return True, call()
    except ValidationError as error:
        if isinstance(error, ChangedMeanwhile) and isinstance(form, BasedForm):
            form.renew_basis(error.basis)
        add_errors(form, error)
        return False, None


def add_errors(form: BaseForm, error: ValidationError) -> None:
    """Show what an operation refused at the fields that it names, else above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, leaves in error.error_dict.items():
        form.add_error(name if name in form.fields else None, leaves)


def refused(call: Callable[[], Any]) -> list[str]:
    """Run an operation that needs no form; return what it refused, in sentences, none where it ran."""
    try:
        call()
    except ValidationError as error:
        return list(error.messages)
    return []


def told(request: HttpRequest, call: Callable[[], Any], sentence: str) -> bool:
    """Run an operation behind a button, and tell above the next page how it went; return whether it ran."""
    problems = refused(call)
    for problem in problems:
        messages.error(request, problem)
    if not problems:
        messages.success(request, sentence)
    return not problems
