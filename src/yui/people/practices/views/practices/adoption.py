"""導入: one ward's way with a practice, and the adoptions of the reader's wards."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yui.kernel.tables.columns import Column, Kind, choice_of
from yui.kernel.tables.filters import Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of, attempt
from yui.people.practices.engine.adoption import NEXT
from yui.people.practices.engine.adoption import AdoptionState as State
from yui.people.practices.forms_effects import ChangedForm, EffectForm, StepForm
from yui.people.practices.forms_practices import uuid_or_none
from yui.people.practices.models import (
    ENDED_STATES,
    Adoption,
    AdoptionEffect,
    AdoptionState,
    AdoptionStep,
    PracticeEffect,
)
from yui.people.practices.operations.adoptions import describe_changes, record_own_effect, record_step
from yui.people.practices.policies import may_lead
from yui.people.practices.queries.practices.reading import effects_of, reading_of
from yui.people.practices.queries.practices.spread import comparisons
from yui.people.practices.views.practices.access import led_adoption, visible_adoption
from yui.people.practices.views.practices.listing import ward_choices

USUAL_WAY = (
    AdoptionState.CONSIDERING,
    AdoptionState.TRIAL,
    AdoptionState.INTRODUCED,
    AdoptionState.MEASURED,
    AdoptionState.ESTABLISHED,
)


class AdoptionTable(Table):
    """The list of adoptions."""

    code = "practices.adoptions"
    title = gettext_lazy("導入の記録")
    search = ("practice__title_key",)
    search_hint = gettext_lazy("題名")
    columns = (
        Column("practice", gettext_lazy("グッドプラクティス"), "practice.title", sort="practice__title_key"),
        Column("ward", gettext_lazy("導入する区"), "ward.name", sort="ward__sort_order", nowrap=True),
        Column("of_ward", gettext_lazy("書いた区"), "of_ward.name", sort="of_ward__sort_order", nowrap=True),
        Column("state", gettext_lazy("状態"), choice_of("state"), Kind.BADGE, sort="state"),
        Column("begun_on", gettext_lazy("検討を始めた日"), "begun_on", Kind.DATE, sort="begun_on"),
        Column("introduced_on", gettext_lazy("導入した日"), "introduced_on", Kind.DATE, sort="introduced_on"),
        Column("days", gettext_lazy("導入までの日数"), "days_to_adopt", Kind.NUMBER, sort="days_to_adopt"),
    )
    filters = (
        Filter("ward", gettext_lazy("導入する区"), "ward__code", ward_choices),
        Filter("of_ward", gettext_lazy("書いた区"), "of_ward__code", ward_choices),
        Filter("state", gettext_lazy("状態"), "state", AdoptionState.choices),
    )
    default_sort = "-begun_on"
    empty_title = gettext_lazy("導入の記録がまだありません")
    empty_text = gettext_lazy("ほかの区の事例を開き、「広がり」から検討を始めると、ここに並びます。")


@login_required
@require_safe
def adoptions(request: HttpRequest) -> HttpResponseBase:
    """Show the adoptions of all practices that the reader sees."""
    records = Adoption.objects.visible_to(actor_of(request)).select_related("practice", "ward", "of_ward")
    return AdoptionTable(request, records).response("practices/practices/adoptions.html", {})


def adoption_page(
    request: HttpRequest, found: Adoption, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Draw the page of an adoption; a form that was refused stands in ``context``."""
    actor = actor_of(request)
    steps = list(
        AdoptionStep.objects.visible_to(actor)
        .filter(adoption=found)
        .select_related("recorded_by")
        .order_by("pk")
    )
    origin = effects_of(actor, reading_of(actor, found.practice).version)
    own = AdoptionEffect.objects.visible_to(actor).filter(adoption=found).order_by("pk")
    measured = {figure.lineage for figure in own}
    leads = may_lead(actor, found)
    states = states_after(found)
    shared = {
        "adoption": found,
        "practice": found.practice,
        "steps": steps,
        "way": way_of(found, steps),
        "comparisons": comparisons(actor, found.practice, origin, [found]),
        "own": own,
        "unmeasured": [effect for effect in origin if effect.lineage not in measured],
        "may_lead": leads,
        "step_form": StepForm(states=states) if leads and states else None,
        "changed_form": ChangedForm(initial={"changed": found.changed}) if leads else None,
    }
    return render(request, "practices/practices/adoption.html", shared | context, status=status)


@dataclass(frozen=True)
class WayMark:
    """One stage of the usual way: passed, the present one, or still to come."""

    title: str
    is_done: bool
    is_now: bool


def way_of(adoption: Adoption, steps: list[AdoptionStep]) -> list[WayMark]:
    """Return the usual way of an adoption; one that ended shows its end last."""
    states = [*USUAL_WAY, *([adoption.state] if adoption.state in ENDED_STATES else [])]
    reached = {step.state for step in steps}
    return [
        WayMark(str(AdoptionState(state).label), state in reached, state == adoption.state)
        for state in states
    ]


def states_after(adoption: Adoption) -> tuple[State, ...]:
    """Return what may come next."""
    return NEXT[State(adoption.state)]


@login_required
@require_safe
def adoption(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the steps, what was changed, and the ward's figures beside the origin's."""
    return adoption_page(request, visible_adoption(request, pk), {})


@login_required
@require_POST
def adoption_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the next step."""
    found = led_adoption(request, pk)
    form = StepForm(request.POST, states=states_after(found))
    done, _adoption = attempt(
        form,
        lambda: record_step(
            actor_of(request),
            adoption=found,
            state=AdoptionState(form.cleaned_data["state"]),
            on=form.cleaned_data["on"],
            note=form.cleaned_data["note"],
        ),
    )
    if done:
        messages.success(request, _("記録しました。"))
        return redirect(found)
    return adoption_page(request, found, {"step_form": form}, status=422)


@login_required
@require_POST
def adoption_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what the ward changed."""
    found = led_adoption(request, pk)
    form = ChangedForm(request.POST)
    done, changed = attempt(
        form,
        lambda: describe_changes(actor_of(request), adoption=found, changed=form.cleaned_data["changed"]),
    )
    if done:
        messages.success(request, _("更新しました。") if changed else _("変わったところはありません。"))
        return redirect(found)
    return adoption_page(request, found, {"changed_form": form}, status=422)


@login_required
def adoption_effect(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a figure of the ward; ``?lineage=`` names the origin's figure beside which it stands."""
    found, actor = led_adoption(request, pk), actor_of(request)
    lineage = uuid_or_none(request.GET.get("lineage", ""))
    form = EffectForm(request.POST or None, initial=_beginning(request, found, lineage))
    form.fields["name"].required = True
    if request.method == "POST":
        done, _changed = attempt(form, lambda: record_own_effect(actor, adoption=found, effect=form.facts()))
        if done:
            messages.success(request, _("効果を記録しました。"))
            return redirect(found)
    context = {"adoption": found, "practice": found.practice, "form": form}
    status = 422 if form.errors else 200
    return render(request, "practices/practices/adoption_effect.html", context, status=status)


def _beginning(request: HttpRequest, adoption: Adoption, lineage: Any) -> dict[str, Any]:
    """Return what the form begins with: the ward's own figure, else name and unit of the origin's."""
    if lineage is None:
        return {}
    actor = actor_of(request)
    own = AdoptionEffect.objects.visible_to(actor).filter(adoption=adoption, lineage=lineage).first()
    if own is not None:
        names = ("name", "unit", "before", "after", "volume_per_year", "grade", "measured_on", "method")
        return {name: getattr(own, name) for name in names} | {"lineage": str(lineage)}
    origin = (
        PracticeEffect.objects.visible_to(actor)
        .filter(version__practice=adoption.practice, lineage=lineage)
        .last()
    )
    return {"name": origin.name, "unit": origin.unit, "lineage": str(lineage)} if origin else {}
