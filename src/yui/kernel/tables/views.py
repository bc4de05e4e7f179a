"""Keeps and removes saved views."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.models import SavedView
from yui.kernel.tables.operations.delete_view import delete_view
from yui.kernel.tables.operations.save_view import save_view


@login_required
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Save the list that the form names for the reader's own organisation, and show it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.memberships or actor.user_id is None:
        raise PermissionRefused(actor, Verb.VIEW)
    view = save_view(
        actor,
        organisation=get_object_or_404(Organisation, pk=actor.memberships[0].organisation_id),
        table_code=_required(request, "table", 80),
        path=_own_path(request, _required(request, "path", 300)),
        query=request.POST.get("query", "")[:2000],
        name=_required(request, "name", 80),
        shared=request.POST.get("shared") == "1",
    )
    return redirect(view.address)


@login_required
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a view of the reader's and go back to the plain list."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    view = get_object_or_404(SavedView.objects.usable_by(actor), pk=pk)
    path = view.path
    delete_view(actor, view=view)
    return redirect(path)


def _required(request: HttpRequest, key: str, limit: int) -> str:
    """Return a posted text that must not be empty."""
    text = request.POST.get(key, "").strip()
    if not text or len(text) > limit:
        raise BadRequest(_("名前を入れてください(%(limit)s文字まで)。") % {"limit": limit})
    return text


def _own_path(request: HttpRequest, path: str) -> str:
    """Return ``path`` if it leads into this installation, so that no view leads elsewhere."""
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(
        path, allowed_hosts={request.get_host()}
    ):
        raise BadRequest(_("アドレスが正しくありません。"))
    return path.split("?", 1)[0]
