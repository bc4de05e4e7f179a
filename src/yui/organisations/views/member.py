"""One member: record, names, roles, and help with signing in."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from yui.kernel.calendar_jp import today
from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.organisations.access import (
    actor_in,
    administered_organisation,
    page_context,
    visible_member,
    visible_organisation,
)
from yui.organisations.errors import MembershipError
from yui.organisations.forms import PersonForm, RoleForm
from yui.organisations.models import Membership
from yui.organisations.operations.change_membership import change_membership
from yui.organisations.operations.edit_person import edit_person
from yui.organisations.operations.end_membership import end_membership
from yui.organisations.operations.grant_role import grant_role
from yui.organisations.operations.make_password_link import make_password_link
from yui.organisations.operations.reset_second_factor import reset_second_factor
from yui.organisations.policies import holds_whole_person


@login_required
def record(request: HttpRequest, code: str, user_id: int) -> HttpResponse:
    """Show a member's facts and roles in this organisation; to administrators also history and help."""
    organisation = visible_organisation(request, code)
    person, roles = visible_member(request, organisation, user_id)
    context = page_context(
        request,
        organisation,
        person=person,
        roles=[{"membership": role, "is_current": role.is_valid_on(today())} for role in roles],
    )
    if context["administers"]:
        whole = holds_whole_person(actor_in(request), person)
        context["whole"] = whole
        context["second_factors"] = Authenticator.objects.filter(user=person).count()
        context["history"] = history_of(urn("organisations.user", person.pk), limit=30) if whole else []
    return render(request, "organisations/member.html", context)


@login_required
def edit(request: HttpRequest, code: str, user_id: int) -> HttpResponse:
    """Change id, names and address."""
    organisation = administered_organisation(request, code)
    person, _roles = visible_member(request, organisation, user_id)
    form = PersonForm(request.POST or None, initial=PersonForm.initial_of(person))
    if request.method == "POST" and form.is_valid():
        try:
            edit_person(actor_in(request), user=person, organisation=organisation, person=form.person())
            messages.success(request, _("氏名・連絡先を保存しました。"))
            return redirect("organisations:member", code=code, user_id=user_id)
        except MembershipError as error:
            form.add_error(None, error.messages)
    context = page_context(request, organisation, person=person, form=form, heading=_("氏名・連絡先を変える"))
    return render(request, "organisations/member_form.html", context)


@login_required
def add_role(request: HttpRequest, code: str, user_id: int) -> HttpResponse:
    """Give a further role."""
    organisation = administered_organisation(request, code)
    person, _roles = visible_member(request, organisation, user_id)
    form = RoleForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            grant_role(actor_in(request), person=person, organisation=organisation, **form.cleaned_data)
            messages.success(request, _("役割を付けました。"))
            return redirect("organisations:member", code=code, user_id=user_id)
        except MembershipError as error:
            form.add_error(None, error.messages)
    context = page_context(request, organisation, person=person, form=form, heading=_("役割を加える"))
    return render(request, "organisations/member_form.html", context)


@login_required
def change_role(request: HttpRequest, code: str, user_id: int, pk: int) -> HttpResponse:
    """Change a role, its department or its period."""
    organisation = administered_organisation(request, code)
    person, roles = visible_member(request, organisation, user_id)
    membership = _among(roles, pk)
    form = RoleForm(request.POST or None, organisation=organisation, membership=membership)
    if request.method == "POST" and form.is_valid():
        try:
            change_membership(actor_in(request), membership=membership, **form.cleaned_data)
            messages.success(request, _("役割を変えました。"))
            return redirect("organisations:member", code=code, user_id=user_id)
        except MembershipError as error:
            form.add_error(None, error.messages)
    context = page_context(request, organisation, person=person, form=form, heading=_("役割を変える"))
    return render(request, "organisations/member_form.html", context)


@require_POST
@login_required
def end_role(request: HttpRequest, code: str, user_id: int, pk: int) -> HttpResponse:
    """End a role at once."""
    organisation = administered_organisation(request, code)
    person, roles = visible_member(request, organisation, user_id)
    try:
        end_membership(actor_in(request), membership=_among(roles, pk))
        messages.success(request, _("役割を終わらせました。もう使えません。"))
    except MembershipError as error:
        messages.error(request, error.messages[0])
    return redirect("organisations:member", code=code, user_id=person.pk)


@require_POST
@login_required
def password_link(request: HttpRequest, code: str, user_id: int) -> HttpResponse:
    """Make the one-time link and show it, this once."""
    organisation = administered_organisation(request, code)
    person, _roles = visible_member(request, organisation, user_id)
    try:
        path = make_password_link(actor_in(request), user=person, organisation=organisation)
    except MembershipError as error:
        messages.error(request, error.messages[0])
        return redirect("organisations:member", code=code, user_id=user_id)
    link = request.build_absolute_uri(path)
    context = page_context(request, organisation, person=person, link=link)
    response = render(request, "organisations/password_link.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@login_required
def second_factor(request: HttpRequest, code: str, user_id: int) -> HttpResponse:
    """Remove the second factors of a person who lost them."""
    organisation = administered_organisation(request, code)
    person, _roles = visible_member(request, organisation, user_id)
    try:
        removed = reset_second_factor(actor_in(request), user=person, organisation=organisation)
        text = ngettext("2要素認証を%(n)s件解除しました。", "2要素認証を%(n)s件解除しました。", removed)
        messages.success(request, text % {"n": removed})
    except MembershipError as error:
        messages.error(request, error.messages[0])
    return redirect("organisations:member", code=code, user_id=user_id)


def _among(roles: list[Membership], pk: int) -> Membership:
    """Return the role with this key among a member's; answer 404 for another's."""
    for role in roles:
        if role.pk == pk:
            return role
    raise Http404
