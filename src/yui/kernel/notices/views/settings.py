"""通知の受け取り方: how the reader wants each kind of notice."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yui.kernel.notices.forms import preference_forms
from yui.kernel.notices.outgoing import mail_is_configured
from yui.kernel.notices.preferences import choices_of, save_choices
from yui.kernel.policy import Actor


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Show the reader's choices, or keep them."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    user_id = actor.user_id or 0
    forms = preference_forms(request.POST if request.method == "POST" else None, choices_of(user_id))
    if request.method == "POST" and all(form.is_valid() for form in forms):
        save_choices(user_id, {form.kind: form.choice for form in forms})
        messages.success(request, _("通知の受け取り方を保存しました。"))
        return redirect("notices:settings")
    context = {"forms": forms, "has_mail": mail_is_configured()}
    return render(request, "notices/settings.html", context)
