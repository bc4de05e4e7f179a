"""Organisations: those one may open, one's facts, a new one."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.kernel.calendar_jp import today
from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.models import Organisation
from yui.organisations.access import actor_in, page_context, visible_organisation
from yui.organisations.forms import OrganisationForm
from yui.organisations.operations.create_organisation import create_organisation
from yui.organisations.policies import can_administer, can_create_organisations
from yui.organisations.queries.members import department_tree, memberships_of, providers_of


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """Show the organisations that the reader works in or administers."""
    actor = actor_in(request)
    shown = [
        {"organisation": organisation, "administers": can_administer(actor, organisation)}
        for organisation in Organisation.objects.active()
        if organisation.pk in actor.organisation_ids or can_administer(actor, organisation)
    ]
    context = {"rows": shown, "may_create": can_create_organisations(actor)}
    return render(request, "organisations/organisations.html", context)


@login_required
def record(request: HttpRequest, code: str) -> HttpResponse:
    """Show an organisation's facts, and to its administrators its history."""
    organisation = visible_organisation(request, code)
    actor = actor_in(request)
    context = page_context(
        request,
        organisation,
        members=memberships_of(actor, organisation).valid_on(today()).values("user_id").distinct().count(),
        departments=len(department_tree(actor, organisation)),
        providers=providers_of(actor, organisation),
    )
    if context["administers"]:
        context["history"] = history_of(urn("organisations.organisation", organisation.code), limit=20)
    return render(request, "organisations/organisation.html", context)


@login_required
def create(request: HttpRequest) -> HttpResponse:
    """Create a joint body or municipality; for administrators of the 事務局."""
    actor = actor_in(request)
    if not can_create_organisations(actor):
        raise PermissionRefused(actor, Verb.ADMINISTER)
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_organisation(actor, **form.cleaned_data)
            return redirect("organisations:organisation", code=made.code)
        except ValidationError as error:
            form.add_error(None, error.messages)
    return render(request, "organisations/organisation_new.html", {"form": form})
