"""What every page of incidents asks first: who reads, which incident, what he may do with it."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest

from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.basis import BasedForm, ChangedMeanwhile
from yui.security.soc.models import Incident
from yui.security.soc.policies import may
from yui.security.soc.queries.incidents.incidents import incidents_for
from yui.security.soc.views.alerts.access import actor_of, visible_or_404

R = TypeVar("R")

__all__ = [
    "actor_of",
    "attempt",
    "may_work",
    "refused",
    "require_work",
    "visible_incident",
    "visible_or_404",
]


def visible_incident(request: HttpRequest, pk: int) -> Incident:
    """Return an incident that the reader may see, or answer 404."""
    found: Incident = visible_or_404(
        incidents_for(actor_of(request)).select_related(
            "organisation", "commander", "merged_into", "reported_by"
        ),
        pk=pk,
    )
    return found


def may_work(request: HttpRequest, incident: Incident) -> bool:
    """Tell whether the reader may change the incident."""
    return may(actor_of(request), Verb.EDIT, incident.organisation)


def require_work(request: HttpRequest, incident: Incident) -> None:
    """Answer 403 to whoever sees the incident but may not change it."""
    if not may_work(request, incident):
        raise PermissionRefused(actor_of(request), Verb.EDIT)


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
        _add_errors(form, error)
        return False, None


def refused(call: Callable[[], Any]) -> list[str]:
    """Run an operation that needs no form; return what it refused, in sentences, empty where it ran."""
    try:
        call()
    except ValidationError as error:
        return list(error.messages)
    return []


def _add_errors(form: BaseForm, error: ValidationError) -> None:
    """Show what an operation refused at the fields that it names, else above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, leaves in error.error_dict.items():
        form.add_error(name if name in form.fields else None, leaves)
