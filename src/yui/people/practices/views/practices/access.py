"""What every page of practices asks first: who reads, which record, what he may do with it."""

from django.http import HttpRequest

from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.ui.asking import actor_of, visible_or_404
from yui.people.practices.models import Adoption, Practice
from yui.people.practices.policies import may_lead, may_write
from yui.people.practices.queries.practices.listing import practices_for


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
