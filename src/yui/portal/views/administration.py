"""管理: where administrators begin."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui.kernel.policy import Verb
from yui.kernel.scope.models import Organisation


@login_required
@require_safe
def administration(request: HttpRequest) -> HttpResponse:
    """List what the reader may administer."""
    actor = request.actor  # type: ignore[attr-defined]
    ids = actor.organisation_ids_with(Verb.ADMINISTER)
    if not ids:
        raise PermissionDenied
    organisations = Organisation.objects.active().filter(pk__in=sorted(ids))
    return render(request, "portal/administration.html", {"organisations": organisations})
