"""Ask somebody for an answer, decline, and say how one wants to be asked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.ui.asking import actor_of
from yui.people.commons.forms_helping import HelpingForm
from yui.people.commons.operations.helping.ask_for_help import ask_for_help
from yui.people.commons.operations.helping.decline_help import decline_help
from yui.people.commons.operations.helping.set_helping import set_helping
from yui.people.commons.policies import own_organisations, person_of
from yui.people.commons.queries.helping.profile import own_helping
from yui.people.commons.views.access import step
from yui.people.commons.views.question import page_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def helping(request: HttpRequest) -> HttpResponse:
    """Show how the reader wants to be asked, or keep it."""
    actor = actor_of(request)
    if not own_organisations(actor):
        raise PermissionRefused(actor, Verb.VIEW)
    own = own_helping(person_of(actor))
    form = HelpingForm(request.POST) if request.method == "POST" else HelpingForm(initial=own.initial)
    if form.is_bound and form.is_valid():
        try:
            set_helping(actor, facts=form.facts())
        except ValidationError as error:
            form.add_error("tags", error)
        else:
            messages.success(request, _("相談の受け方を保存しました。"))
            return redirect(reverse("commons:helping"))
    context = {"form": form, "own": own}
    return render(request, "commons/helping.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a person to answer a question."""
    page_of(request, pk)
    person = request.POST.get("person", "")
    if not (person.isascii() and person.isdecimal() and len(person) < 18):
        raise Http404(_("その人は見つかりません。"))
    step(
        request,
        lambda: ask_for_help(actor_of(request), question=pk, user=int(person)),
        _("回答を頼みました。"),
    )
    return redirect(reverse("commons:question", args=[pk]))


@login_required
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline a request."""
    done = _("断りました。知らせてくれてありがとうございます。")
    step(request, lambda: decline_help(actor_of(request), question=pk), done)
    return redirect(reverse("commons:question", args=[pk]))
