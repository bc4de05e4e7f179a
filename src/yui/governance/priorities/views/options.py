"""選択肢と観点: what is put in order, and by what it is judged; while the set is in preparation."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from yui.governance.priorities.forms import CriterionForm, OptionForm, place_of
from yui.governance.priorities.models import Criterion, Option
from yui.governance.priorities.operations import change_criterion, save_option
from yui.governance.priorities.views.access import require_keep, visible_set
from yui.kernel.ui.asking import actor_of, attempt


@login_required
def new_option(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an option."""
    return _option_page(request, pk, None)


@login_required
def edit_option(request: HttpRequest, pk: int, option: str) -> HttpResponse:
    """Change an option."""
    return _option_page(request, pk, option)


def _option_page(request: HttpRequest, pk: int, code: str | None) -> HttpResponse:
    priority_set = visible_set(request, pk)
    require_keep(request, priority_set)
    known = Option.objects.visible_to(actor_of(request)).filter(priority_set=priority_set)
    stored = get_object_or_404(known, code=code) if code is not None else None
    form = OptionForm(request.POST or None, instance=stored)
    if request.method == "POST":
        done, _option = attempt(
            form,
            lambda: save_option(
                actor_of(request), priority_set=priority_set, facts=form.facts(), option=stored
            ),
        )
        if done:
            messages.success(request, _("選択肢を保存しました。"))
            return redirect("priorities:scores", priority_set.pk)
    title = _("選択肢を直す") if stored else _("選択肢を加える")
    return _page(request, {"set": priority_set, "form": form, "form_title": title})


@login_required
def edit_criterion(request: HttpRequest, pk: int, criterion: str) -> HttpResponse:
    """Change a criterion."""
    priority_set = visible_set(request, pk)
    require_keep(request, priority_set)
    known = Criterion.objects.visible_to(actor_of(request)).filter(priority_set=priority_set)
    stored = get_object_or_404(known.select_related("priority_set__organisation"), code=criterion)
    form = CriterionForm(request.POST or None, initial=place_of(stored))
    if request.method == "POST":
        done, _changed = attempt(
            form, lambda: change_criterion(actor_of(request), criterion=stored, **form.cleaned_data)
        )
        if done:
            messages.success(request, _("観点を保存しました。"))
            return redirect("priorities:scores", priority_set.pk)
    return _page(request, {"set": priority_set, "form": form, "form_title": _("観点を直す")})


def _page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    form = context["form"]
    return render(request, "priorities/edit_form.html", context, status=422 if form.errors else 200)
