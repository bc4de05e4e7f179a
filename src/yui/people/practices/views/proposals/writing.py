"""Write a proposal, and change it; what is like it is shown meanwhile."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.kernel.links import kind_and_id, outline_of
from yui.kernel.links.registry import UnknownKind
from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.kernel.ui.asking import actor_of, add_errors, attempt
from yui.kernel.writing import differences
from yui.people.practices.forms_proposals import ProposalForm
from yui.people.practices.models import Proposal
from yui.people.practices.operations.proposals import draft_proposal, edit_proposal
from yui.people.practices.operations.proposals.errors import ChangedByAnother
from yui.people.practices.operations.proposals.keeping import proposal_urn
from yui.people.practices.policies_proposals import is_author
from yui.people.practices.queries.proposals.page import like_text
from yui.people.practices.views.proposals.access import chosen_organisation, visible_proposal

COMPARED = ("title", "present", "idea")


@login_required
def new_proposal(request: HttpRequest) -> HttpResponse:
    """Write a proposal; ``?from=`` names a record whose problem it takes up."""
    actor = actor_of(request)
    organisation, organisations = chosen_organisation(request)
    form = ProposalForm(
        request.POST or None,
        actor=actor,
        organisation=organisation,
        initial=_started_from(request.GET.get("from", ""), actor),
    )
    if request.method == "POST" and "look" not in request.POST:
        done, found = attempt(
            form, lambda: draft_proposal(actor, organisation=organisation, facts=form.facts())
        )
        if done and found is not None:
            messages.success(request, _("下書きを保存しました。提出するまで、提案者だけに見えます。"))
            return redirect(found)
    context = {
        "form": form,
        "organisation": organisation,
        "organisations": organisations,
        "like": like_text(actor, form.text) if form.is_bound else (),
    }
    return render(request, "practices/proposals/form.html", context, status=_status(request, form))


@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft or a returned proposal; two authors who save at once see both texts."""
    actor, found = actor_of(request), visible_proposal(request, pk)
    if not is_author(actor, found):
        raise PermissionRefused(actor, Verb.EDIT)
    form = ProposalForm(request.POST or None, actor=actor, organisation=found.organisation, instance=found)
    changed = []
    if request.method == "POST" and "look" not in request.POST and form.is_valid():
        try:
            edit_proposal(actor, proposal=found, facts=form.facts(), revision=form.given_revision)
        except ChangedByAnother as error:
            form.add_error(None, error)
            changed = _both_texts(form, error.stored)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("保存しました。"))
            return redirect(found)
    context = {
        "form": form,
        "proposal": found,
        "organisation": found.organisation,
        "changed": changed,
        "like": like_text(actor, form.text, exclude=[proposal_urn(found)]) if form.is_bound else (),
    }
    return render(request, "practices/proposals/form.html", context, status=_status(request, form))


@login_required
@require_POST
def similar_texts(request: HttpRequest) -> HttpResponse:
    """Return what is like the text that is being written, as a part of the page."""
    names = ("title", "present", "idea")
    text = "\n".join(request.POST.get(name, "") for name in names)
    context = {"like": like_text(actor_of(request), text)}
    return render(request, "practices/proposals/_similar.html", context)


def _started_from(origin: str, actor: Actor) -> dict[str, str]:
    """Return the first words of a proposal that takes up another record, none where it cannot be read."""
    try:
        kind_and_id(origin)
    except UnknownKind:
        return {}
    outline = outline_of(origin, actor)
    return {"title": outline.title, "present": outline.problem} if outline else {}


def _both_texts(form: ProposalForm, stored: Proposal) -> list[dict[str, object]]:
    """Return the fields that the writer and another wrote differently; the form stands on the present one."""
    form.stand_on(stored.revision)
    return [
        {
            "title": form.fields[name].label,
            "lines": differences(getattr(stored, name), form.cleaned_data[name]),
        }
        for name in COMPARED
        if getattr(stored, name) != form.cleaned_data[name]
    ]


def _status(request: HttpRequest, form: ProposalForm) -> int:
    return 422 if request.method == "POST" and "look" not in request.POST and form.errors else 200
