"""広がり: which wards took a practice up, how far they are, and what it brought each of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of, attempt
from yui.people.practices.forms_effects import BeginForm
from yui.people.practices.models import ENDED_STATES, PracticeKind, PracticeState
from yui.people.practices.operations.adoptions import begin_adoption
from yui.people.practices.policies import adopting_wards
from yui.people.practices.queries.practices.reading import effects_of, reading_of
from yui.people.practices.queries.practices.spread import (
    adoptions_of,
    comparisons,
    reasons_of,
    spread_map,
)
from yui.people.practices.views.practices.access import visible_practice
from yui.people.practices.views.practices.page import practice_page


@login_required
def spread(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where the practice spread; a member of another ward can begin to consider it."""
    found, actor = visible_practice(request, pk), actor_of(request)
    adoptions = adoptions_of(actor, found)
    busy = {each.ward_id for each in adoptions if each.state not in ENDED_STATES}
    free = [ward.pk for ward in adopting_wards(actor, found) if ward.pk not in busy]
    can_be_adopted = found.state == PracticeState.PUBLISHED and found.kind == PracticeKind.SUCCESS
    form = BeginForm(request.POST or None, wards=Organisation.objects.wards().filter(pk__in=free))
    if request.method == "POST":
        names = ("ward", "on", "note")
        done, adoption = attempt(
            form,
            lambda: begin_adoption(
                actor, practice=found, **{name: form.cleaned_data[name] for name in names}
            ),
        )
        if done and adoption is not None:
            messages.success(request, _("検討を始めました。進んだら、ここに記録してください。"))
            return redirect(adoption)
    reasons = reasons_of(actor, adoptions)
    reading = reading_of(actor, found)
    context = {
        "chart": spread_map(found, adoptions),
        "rows": [(each, reasons.get(each.pk, "")) for each in adoptions],
        "comparisons": comparisons(actor, found, effects_of(actor, reading.version), adoptions),
        "form": form if can_be_adopted and free else None,
    }
    return practice_page(request, found, "spread.html", context, status=422 if form.errors else 200)
