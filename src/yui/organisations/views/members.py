"""The members of an organisation: list and invitation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yui.organisations.access import (
    actor_in,
    administered_organisation,
    page_context,
    visible_organisation,
)
from yui.organisations.errors import MembershipError
from yui.organisations.forms import InvitationForm
from yui.organisations.operations.invite_member import invite_member
from yui.organisations.queries.members import memberships_of, with_second_factor
from yui.organisations.tables import MemberTable


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Go to the members of the reader's own organisation."""
    for membership in actor_in(request).memberships:
        return redirect("organisations:members", code=membership.organisation_code)
    return redirect("organisations:organisations")


@login_required
def listing(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show the members' roles: those in force unless the reader asks for ended ones."""
    organisation = visible_organisation(request, code)
    memberships = with_second_factor(memberships_of(actor_in(request), organisation))
    table = MemberTable(request, memberships, organisation)
    return table.response("organisations/members.html", page_context(request, organisation))


@login_required
def invite(request: HttpRequest, code: str) -> HttpResponse:
    """Register a person and give a role."""
    organisation = administered_organisation(request, code)
    form = InvitationForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        role = {name: form.cleaned_data[name] for name in ("role", "department", "valid_from", "valid_to")}
        try:
            made = invite_member(actor_in(request), organisation=organisation, person=form.person(), **role)
        except MembershipError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(
                request, _("職員を登録しました。次に、パスワードのリンクを作って本人に渡してください。")
            )
            return redirect("organisations:member", code=code, user_id=made.user_id)
    return render(request, "organisations/member_new.html", page_context(request, organisation, form=form))
