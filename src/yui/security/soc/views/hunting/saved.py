"""保存したハント: the list, one hunt with its daily counts, saving, changing and removing it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.choosing import kept_by
from yui.kernel.tables.columns import Column, Kind
from yui.kernel.tables.filters import YES_NO, Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of, attempt, visible_or_404
from yui.security.soc.models import HuntSharing, HuntSpan, SavedHunt
from yui.security.soc.operations.hunting.change_hunt import change_hunt
from yui.security.soc.operations.hunting.facts import HuntFacts
from yui.security.soc.operations.hunting.remove_hunt import remove_hunt
from yui.security.soc.operations.hunting.save_hunt import save_hunt
from yui.security.soc.policies import may_change_hunt, may_remove_hunt
from yui.security.soc.queries.hunting.saved import latest_counts, saved_hunts
from yui.security.soc.views.hunting.forms import HuntForm
from yui.security.soc.views.hunting.question import address_of, question_of_day, question_of_hunt
from yui.security.soc.views.rules.histories import told

DAYS_SHOWN = 31
LONGEST_CELL = 100
LONGEST_UNDO = 2_000
"""Characters of an address by which a removed hunt is saved again; longer ones do not fit everywhere."""


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"


def _as_code(text: str) -> str:
    return format_html("<code>{}</code>", text)


class SavedHuntTable(Table):
    """The list of saved hunts."""

    code = "soc.saved_hunts"
    title = gettext_lazy("保存したハント")
    search = ("name", "text", "why")
    search_hint = gettext_lazy("名前、条件、ねらい")
    columns = (
        Column("name", gettext_lazy("名前"), "name", sort="name"),
        Column("why", gettext_lazy("ねらい"), "why", html=lambda hunt: escape(_short(hunt.why))),
        Column("text", gettext_lazy("条件"), "text", html=lambda hunt: _as_code(_short(hunt.text))),
        Column("span", gettext_lazy("期間"), "get_span_display", nowrap=True),
        Column("sharing", gettext_lazy("見える範囲"), "sharing.label"),
        Column("owner", gettext_lazy("保存した人"), "owner", sort="owner__name_ja", nowrap=True),
        Column("organisation", gettext_lazy("団体"), "organisation.name", sort="organisation__sort_order"),
        Column("daily", gettext_lazy("毎朝数える"), "is_daily", Kind.BOOL, default=False),
        Column(
            "changed", gettext_lazy("変えた日"), "updated_at", Kind.DATE, sort="updated_at", default=False
        ),
    )
    filters = (Filter("daily", gettext_lazy("毎朝数える"), "is_daily", YES_NO),)
    default_sort = "name"
    empty_title = gettext_lazy("保存したハントがまだありません")
    empty_text = gettext_lazy("ログを調べてから「この条件を保存する」を押すと、ここに並びます。")


@login_required
@require_safe
def hunts(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    actor = actor_of(request)
    context = {"may_save": bool(kept_by(actor))}
    return SavedHuntTable(request, saved_hunts(actor)).response("soc/hunting/saved_list.html", context)


@login_required
@require_safe
def hunt(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one saved hunt."""
    actor = actor_of(request)
    found = _visible(request, pk)
    entries = history_of(urn("soc.saved_hunt", found.pk), organisation=found.organisation.code)
    context = {
        "hunt": found,
        "question": question_of_hunt(found),
        "counts": [(one, question_of_day(found, one.day)) for one in latest_counts(actor, found, DAYS_SHOWN)],
        "may_change": may_change_hunt(actor, found),
        "may_remove": may_remove_hunt(actor, found),
        "entries": told(entries, SavedHunt),
    }
    return render(request, "soc/hunting/saved_record.html", context)


@login_required
def hunt_new(request: HttpRequest) -> HttpResponse:
    """Save the hunt that the address asks."""
    actor = actor_of(request)
    owners = kept_by(actor)
    if not owners:
        raise PermissionRefused(actor, Verb.EDIT)
    form = HuntForm(request.POST or None, owners=owners, initial=_asked(request))
    if request.method == "POST":
        done, made = attempt(
            form,
            lambda: save_hunt(
                actor,
                organisation=next(
                    (each for each in owners if each.code == form.cleaned_data.get("organisation")), owners[0]
                ),
                facts=form.facts(),
            ),
        )
        if done and made is not None:
            messages.success(request, _("ハント「%(name)s」を保存しました。") % {"name": made.name})
            return redirect(made)
    context = {"form": form, "hunt": None}
    return render(request, "soc/hunting/saved_form.html", context, status=422 if form.errors else 200)


@login_required
def hunt_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a saved hunt; an address that asks something else offers that instead of what stands."""
    actor = actor_of(request)
    found = _visible(request, pk)
    if not may_change_hunt(actor, found):
        raise PermissionRefused(actor, Verb.EDIT)
    form = HuntForm(request.POST or None, instance=_visible(request, pk), initial=_asked(request))
    if request.method == "POST":
        done, changed = attempt(
            form, lambda: change_hunt(actor, hunt=found, facts=form.facts(), basis=form.given_basis)
        )
        if done:
            messages.success(
                request, _("ハントを変えました。") if changed else _("変わったところはありません。")
            )
            return redirect(found)
    context = {"form": form, "hunt": found}
    return render(request, "soc/hunting/saved_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def hunt_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a saved hunt, and offer to save it again."""
    found = _visible(request, pk)
    was = remove_hunt(actor_of(request), hunt=found)
    sentence = _("ハント「%(name)s」を削除しました。") % {"name": was.name}
    again = f"{reverse('soc:saved-hunt-new')}?{_again(was)}"
    if len(again) <= LONGEST_UNDO:
        sentence = format_html('{} <a href="{}">{}</a>', sentence, again, _("もう一度保存する"))
    messages.success(request, sentence)
    return redirect("soc:saved-hunts")


def _visible(request: HttpRequest, pk: int) -> SavedHunt:
    found: SavedHunt = visible_or_404(saved_hunts(actor_of(request)), pk=pk)
    return found


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Return what the address proposes for the fields of the form; what it says wrongly is left out."""
    given = request.GET
    asked: dict[str, Any] = {
        field: given[name]
        for name, field in (("q", "text"), ("name", "name"), ("why", "why"))
        if name in given
    }
    for name, choices in (("span", HuntSpan.values), ("sharing", HuntSharing.values)):
        if given.get(name) in choices:
            asked[name] = given[name]
    if "daily" in given:
        asked["is_daily"] = given["daily"] == "1"
    return asked


def _again(was: HuntFacts) -> str:
    facts = {"name": was.name, "why": was.why, "sharing": was.sharing, "daily": str(int(was.is_daily))}
    return address_of(q=was.text, span=was.span, **facts)
