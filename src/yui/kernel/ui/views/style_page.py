"""The living style page: every component in every state, drawn by the tags that all pages use."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yui.kernel.policy import Actor
from yui.kernel.ui.style_examples import style_context


@login_required
def style_page(request: HttpRequest) -> HttpResponse:
    """Show the components to members; anybody else is sent to sign in or refused."""
    actor: Actor = getattr(request, "actor", None) or Actor.anonymous()
    if not actor.is_member:
        raise PermissionDenied(_("部品の見本は、どこかの組織に属する人だけが見られます。"))
    return render(request, "ui/style.html", style_context())
