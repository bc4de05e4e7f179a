"""書く: a first text, a draft, the next version, a small correction, and what stands beside the text."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yui.kernel.links import Outline, UnknownKind, outline_of
from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of, add_errors, attempt, told
from yui.people.practices.forms_effects import effect_rows, effects_in
from yui.people.practices.forms_practices import HeaderForm, ReasonForm, WordingForm
from yui.people.practices.models import Practice, PracticeState, PracticeVersion, VersionStage
from yui.people.practices.operations.practices import (
    correct_practice,
    describe_practice,
    draft_practice,
    save_draft,
    withdraw_practice,
    write_version,
)
from yui.people.practices.operations.practices.errors import PracticeChangedMeanwhile
from yui.people.practices.policies import own_bodies
from yui.people.practices.queries.practices.comparing import compared_with_stored
from yui.people.practices.queries.practices.origins import area_keys
from yui.people.practices.queries.practices.reading import effects_of, reading_of
from yui.people.practices.views.practices.access import written_practice
from yui.people.practices.views.practices.page import practice_page


def save(
    form: WordingForm, others: list[forms.BaseForm | forms.BaseFormSet], call: Callable[[], Any]
) -> tuple[bool, Any]:
    """Run an operation for valid forms; what it refuses is shown in the first of them."""
    if not all(each.is_valid() for each in (form, *others)):
        return False, None
    try:
        return True, call()
    except PracticeChangedMeanwhile as error:
        form.renew_revision(error.revision)
        add_errors(form, error)
    except ValidationError as error:
        add_errors(form, error)
    return False, None


def body_for(request: HttpRequest) -> Organisation:
    """Return in whose name the reader writes: the organisation that the address names, else his first."""
    bodies = own_bodies(actor_of(request))
    code = request.GET.get("organisation", "")
    chosen = [body for body in bodies if not code or body.code == code]
    if not chosen:
        raise PermissionRefused(actor_of(request), Verb.VIEW)
    return chosen[0]


def outline_for(request: HttpRequest, actor: Actor) -> Outline | None:
    """Return what the record says that becomes a practice; one that the reader may not see does not exist."""
    origin = request.GET.get("from", "")
    if not origin:
        return None
    try:
        outline = outline_of(origin, actor)
    except UnknownKind as error:
        raise Http404 from error
    if outline is None:
        raise Http404
    return outline


@login_required
def new_practice(request: HttpRequest) -> HttpResponse:
    """Begin to tell of a practice; ``?from=`` names the question or proposal out of which it comes."""
    actor, organisation = actor_of(request), body_for(request)
    outline = outline_for(request, actor)
    text, about = _from_outline(outline)
    form = WordingForm(request.POST or None, initial=text, instance=PracticeVersion())
    head = HeaderForm(
        request.POST or None, actor=actor, organisation=organisation, initial=about, instance=Practice()
    )
    rows = effect_rows(request.POST or None)
    if request.method == "POST":
        done, found = save(
            form,
            [head, rows],
            lambda: draft_practice(
                actor,
                organisation=organisation,
                wording=form.facts(effects_in(rows)),
                header=head.facts(),
                origin_urn=outline.urn if outline else "",
            ),
        )
        if done:
            messages.success(request, _("下書きを保存しました。書き終えたら、査読に出してください。"))
            return redirect(found)
    context = {
        "form": form,
        "head": head,
        "rows": rows,
        "organisation": organisation,
        "bodies": own_bodies(actor),
        "outline": outline,
    }
    return render(request, "practices/practices/new.html", context, status=422 if form.errors else 200)


def _from_outline(outline: Outline | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the form begins with."""
    if outline is None:
        return {}, {}
    text = {
        "title": outline.title[:120],
        "problem": outline.problem,
        "approach": outline.approach,
        "effect_note": outline.effect,
    }
    return text, {"areas": area_keys(outline.area_codes), "systems": list(outline.system_ids)}


@login_required
def edit_practice(request: HttpRequest, pk: int) -> HttpResponse:
    """Write on: the draft of a new practice, or the next version of a published one."""
    found = written_practice(request, pk)
    actor, is_draft = actor_of(request), found.state == PracticeState.DRAFT
    if not is_draft and found.state != PracticeState.PUBLISHED:
        messages.error(request, _("査読中か取下げの事例の文章は直せません。"))
        return redirect(found)
    reading = reading_of(actor, found)
    version = reading.next_version or reading.version
    if version.stage == VersionStage.IN_REVIEW:
        messages.error(request, _("査読中か取下げの事例の文章は直せません。"))
        return redirect(found)
    form = WordingForm(
        request.POST or None, instance=version, with_note=not is_draft, revision=found.revision,
        initial={"change_note": version.change_note if version.published_at is None else ""},
    )  # fmt: skip
    rows = effect_rows(request.POST or None, effects_of(actor, version))
    head = HeaderForm(request.POST or None, actor=actor, organisation=found.organisation, instance=found)
    if request.method == "POST":
        done, _saved = save(
            form,
            [head, rows] if is_draft else [rows],
            lambda: (
                save_draft(actor, practice=found, wording=form.facts(effects_in(rows)),
                           header=head.facts(), revision=form.cleaned_data["revision"])
                if is_draft
                else write_version(actor, practice=found, wording=form.facts(effects_in(rows)),
                                   change_note=form.cleaned_data["change_note"],
                                   revision=form.cleaned_data["revision"])
            ),
        )  # fmt: skip
        if done:
            messages.success(request, _("下書きを保存しました。書き終えたら、査読に出してください。"))
            return redirect(found)
    context = {
        "form": form,
        "head": head if is_draft else None,
        "rows": rows,
        "conflict": conflict_of(form, actor, found),
        "form_title": _("下書きを直す") if is_draft else _("新しい版を書く"),
    }
    return practice_page(request, found, "edit.html", context, status=422 if form.errors else 200)


def conflict_of(form: WordingForm, actor: Actor, practice: Practice) -> Any:
    """Return, section by section, what stands and what was written, where somebody else was faster."""
    if not form.has_error("__all__", "changed_meanwhile"):
        return []
    reading = reading_of(actor, practice)
    return compared_with_stored(reading.next_version or reading.version, form.cleaned_data)


@login_required
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a published text without a review; the figures stay."""
    found = written_practice(request, pk)
    actor = actor_of(request)
    if found.state != PracticeState.PUBLISHED or found.current is None:
        messages.error(request, _("訂正できるのは公開中の事例です。"))
        return redirect(found)
    form = WordingForm(request.POST or None, instance=found.current, with_note=True, revision=found.revision)
    if request.method == "POST":
        done, changed = save(
            form,
            [],
            lambda: correct_practice(
                actor,
                practice=found,
                wording=form.facts(),
                note=form.cleaned_data["change_note"],
                revision=form.cleaned_data["revision"],
            ),
        )
        if done:
            messages.success(request, _("訂正しました。") if changed else _("変わったところはありません。"))
            return redirect(found)
    context = {
        "form": form,
        "conflict": conflict_of(form, actor, found),
        "form_title": _("小さな訂正をする"),
        "is_correction": True,
    }
    return practice_page(request, found, "edit.html", context, status=422 if form.errors else 200)


@login_required
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    """Change contact, expiry, terms, areas and readers."""
    found = written_practice(request, pk)
    actor = actor_of(request)
    head = HeaderForm(request.POST or None, actor=actor, organisation=found.organisation, instance=found)
    if request.method == "POST":
        done, changed = attempt(head, lambda: describe_practice(actor, practice=found, header=head.facts()))
        if done:
            messages.success(request, _("更新しました。") if changed else _("変わったところはありません。"))
            return redirect(found)
    context = {"head": head}
    return practice_page(request, found, "describe.html", context, status=422 if head.errors else 200)


@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a practice, saying why."""
    found = written_practice(request, pk)
    form = ReasonForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and told(
            request,
            lambda: withdraw_practice(actor_of(request), practice=found, reason=form.cleaned_data["reason"]),
            _("取り下げました。"),
        )
    ):
        return redirect(found)
    return practice_page(request, found, "withdraw.html", {"form": form}, status=422 if form.errors else 200)
