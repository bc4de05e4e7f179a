"""What every page of practices asks first: who reads, which record, what he may do with it."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.people.practices.forms_practices import add_errors
from yui.people.practices.models import Adoption, Practice
from yui.people.practices.policies import may_lead, may_write
from yui.people.practices.queries.practices.listing import practices_for

R = TypeVar("R")


def actor_of(request: HttpRequest) -> Actor:
    """Return who reads."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def visible_or_404(records: QuerySet, **condition: Any) -> Any:
    """Return the record, or answer 404: one that the reader may not see does not exist for him."""
    return get_object_or_404(records, **condition)


def visible_practice(request: HttpRequest, pk: int) -> Practice:
    """Return a practice with what its pages show, or answer 404."""
    practices = practices_for(actor_of(request)).select_related("department", "author", "current")
    practice: Practice = visible_or_404(practices, pk=pk)
    return practice


def written_practice(request: HttpRequest, pk: int) -> Practice:
    """Return a practice that the reader may change, or answer 404 or 403."""
    practice = visible_practice(request, pk)
    if not may_write(actor_of(request), practice):
        raise PermissionRefused(actor_of(request), Verb.EDIT)
    return practice


def visible_adoption(request: HttpRequest, pk: int) -> Adoption:
    """Return an adoption with what its pages show, or answer 404."""
    related = ("practice__organisation", "ward", "version", "begun_by")
    adoptions = Adoption.objects.visible_to(actor_of(request)).select_related(*related)
    adoption: Adoption = visible_or_404(adoptions, pk=pk)
    return adoption


def led_adoption(request: HttpRequest, pk: int) -> Adoption:
    """Return an adoption that the reader may carry on, or answer 404 or 403."""
    adoption = visible_adoption(request, pk)
    if not may_lead(actor_of(request), adoption):
        raise PermissionRefused(actor_of(request), Verb.EDIT)
    return adoption


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


def told(request: HttpRequest, call: Callable[[], Any], sentence: str) -> bool:
    """Run an operation that needs no form, and tell how it went; return whether it ran."""
    try:
        call()
    except ValidationError as error:
        for problem in error.messages:
            messages.error(request, problem)
        return False
    messages.success(request, sentence)
    return True
