"""Ask a question; similar solved ones are offered before it is posted."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yui.kernel.links import UnknownKind, resolve
from yui.kernel.policy import Actor
from yui.kernel.ui.asking import actor_of
from yui.people.commons.forms import AskForm
from yui.people.commons.operations.ask_question import ask_question
from yui.people.commons.operations.spare_question import spare_question
from yui.people.commons.policies import own_organisations
from yui.people.commons.queries.similar import similar_questions
from yui.people.commons.views.access import attempt, step, writing_of
from yui.registry.public import area_choices, system_choices


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Show the form, look for similar questions (the way without scripts), or post the question."""
    actor = actor_of(request)
    form = ask_form(request, actor)
    offered: list[Any] = []
    if request.method == "POST" and "look" in request.POST:
        offered = similar_questions(actor, request.POST.get("title", ""), request.POST.get("body", ""))
    elif request.method == "POST":
        question = attempt(
            form, lambda: ask_question(actor, facts=form.facts(), writing=writing_of(actor, form))
        )
        if question is not None:
            messages.success(request, _("質問を投稿しました。回答がつくと通知します。"))
            return redirect(question)
    context = {"form": form, "offered": offered, "about": _about(actor, form["about_urn"].value() or "")}
    refused = request.method == "POST" and "look" not in request.POST
    return render(request, "commons/ask.html", context, status=422 if refused else 200)


@login_required
@require_POST
def similar(request: HttpRequest) -> HttpResponse:
    """Answer, while somebody writes, with questions like the one in the making, solved ones first."""
    found = similar_questions(actor_of(request), request.POST.get("title", ""), request.POST.get("body", ""))
    return render(request, "commons/_similar.html", {"offered": found})


@login_required
@require_POST
def spared(request: HttpRequest, pk: int) -> HttpResponse:
    """Count that a question made asking unnecessary, and show it."""
    actor = actor_of(request)
    bodies = own_organisations(actor)
    if not bodies:
        raise Http404
    done = _("よかったです。「質問せずに解決」として数えました。")
    step(request, lambda: spare_question(actor, question=pk, organisation=bodies[0]), done)
    return redirect(reverse("commons:question", args=[pk]))


def ask_form(request: HttpRequest, actor: Actor) -> AskForm:
    """Return the form with this person's choices; the address may bring title, tags and the record meant."""
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    initial = {
        "title": request.GET.get("title", ""),
        "tags": request.GET.get("tags", ""),
        "about_urn": request.GET.get("about", ""),
    }
    return AskForm(
        *given,
        initial=initial,
        bodies=own_organisations(actor),
        areas=area_choices(),
        systems=system_choices(actor),
    )


def _about(actor: Actor, urn: str) -> Any:
    """Return the link of the record that a question is asked about; None where there is none to be seen."""
    try:
        return resolve([urn], actor).get(urn) if urn else None
    except UnknownKind:
        return None
