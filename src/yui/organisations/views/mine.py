"""One's own sessions and settings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.organisations import session_limits
from yui.organisations.access import actor_in, signed_in_user
from yui.organisations.forms import SettingsForm
from yui.organisations.look import set_look_cookies
from yui.organisations.operations.record_sign_in import record_revocation
from yui.organisations.operations.save_settings import save_settings


@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Show where the person is signed in."""
    user = signed_in_user(request)
    rows = [
        {"record": record, "is_this": record.session_key == request.session.session_key}
        for record in session_limits.live_records(user)
    ]
    return render(request, "organisations/sessions.html", {"rows": rows})


@require_POST
@login_required
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End one other session, or all others."""
    user = signed_in_user(request)
    chosen = user.session_records.exclude(session_key=request.session.session_key)
    if request.POST.get("record"):
        chosen = (
            chosen.filter(pk=request.POST["record"]) if request.POST["record"].isdecimal() else chosen.none()
        )
    ended = session_limits.end_sessions(list(chosen.values_list("session_key", flat=True)))
    if ended:
        record_revocation(actor_in(request), person=user, ended=ended)
    messages.success(request, _("%(count)s件のサインインを終わらせました。") % {"count": ended})
    return redirect("organisations:sessions")


@login_required
def settings(request: HttpRequest) -> HttpResponse:
    """Choose language, density, typeface and theme, for every device."""
    user = signed_in_user(request)
    form = SettingsForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        saved = save_settings(actor_in(request), user=user, **form.cleaned_data)
        messages.success(request, _("設定を保存しました。"))
        response = redirect("organisations:settings")
        set_look_cookies(response, saved)
        return response
    return render(request, "organisations/settings.html", {"form": form})
