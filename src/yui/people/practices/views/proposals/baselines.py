"""基準値: what growth is measured against, ward by ward, and freezing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import last_closed_fiscal_year, today
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of, attempt
from yui.people.practices.forms_proposal_figures import BaselineForm
from yui.people.practices.models import ProposalBaseline, ProposalKind
from yui.people.practices.operations.proposals import freeze_baseline
from yui.people.practices.operations.proposals.freeze_baseline import DEFINITION
from yui.people.practices.views.proposals.access import chosen_organisation
from yui.people.practices.views.proposals.tabs import with_tabs


@login_required
def baselines(request: HttpRequest) -> HttpResponse:
    """Show every ward's baselines; whoever administers a ward freezes its own here."""
    actor = actor_of(request)
    may_freeze = bool(actor.organisation_ids_with(Verb.ADMINISTER))
    form = BaselineForm(
        request.POST or None, initial={"fiscal_year": f"{last_closed_fiscal_year(today()).year}年度"}
    )
    organisation: Organisation | None = None
    organisations: list[Organisation] = []
    if may_freeze:
        organisation, organisations = chosen_organisation(request, Verb.ADMINISTER)
    if request.method == "POST":
        if organisation is None:
            raise PermissionRefused(actor, Verb.ADMINISTER)
        ward = organisation
        done, _baseline = attempt(form, lambda: freeze_baseline(actor, ward=ward, **form.cleaned_data))
        if done:
            messages.success(request, _("基準値を固定しました。"))
            return redirect("practices:proposal-baselines")
    context = {
        "form": form,
        "organisation": organisation,
        "organisations": organisations,
        "rows": _rows(request),
        "kinds": [kind.label for kind in ProposalKind],
        "definition": DEFINITION,
    }
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "practices/proposals/baselines.html", with_tabs(request, context), status=status)


def _rows(request: HttpRequest) -> list[tuple[Organisation, list[list[ProposalBaseline]]]]:
    """Return each ward with its baselines by kind, the standing one first; none means unknown, not zero."""
    found = ProposalBaseline.objects.visible_to(actor_of(request)).order_by("-version")
    by_cell: dict[tuple[int, str], list[ProposalBaseline]] = {}
    for baseline in found:
        by_cell.setdefault((baseline.organisation_id, baseline.kind), []).append(baseline)
    return [
        (ward, [by_cell.get((ward.pk, kind.value), []) for kind in ProposalKind])
        for ward in Organisation.objects.wards()
    ]
