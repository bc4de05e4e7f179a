"""同義語: words that find each other in every search; joint bodies' administrators keep them."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.kernel.scope.models import Organisation, OrganisationKind
from yui.kernel.search.errors import SynonymRefused
from yui.kernel.search.models import Synonym
from yui.kernel.search.operations.add_synonym import LONGEST, add_synonym
from yui.kernel.search.operations.remove_synonym import remove_synonym


class SynonymForm(forms.Form):
    """Two words."""

    term = forms.CharField(label=gettext_lazy("語"), max_length=LONGEST)
    equivalent = forms.CharField(label=gettext_lazy("同じ意味の語"), max_length=LONGEST)


def keeping_body(actor: Actor) -> Organisation | None:
    """Return the joint body for which ``actor`` keeps the words: the first that he or she administers."""
    ids = sorted(actor.organisation_ids_with(Verb.ADMINISTER))
    return Organisation.objects.active().filter(kind=OrganisationKind.JOINT_BODY, pk__in=ids).first()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def synonyms(request: HttpRequest) -> HttpResponse:
    """List the pairs for everybody; add one for those who keep them."""
    actor = request.actor  # type: ignore[attr-defined]
    body = keeping_body(actor)
    form = SynonymForm(request.POST or None) if body else None
    if request.method == "POST":
        if form is None or body is None:
            raise PermissionRefused(actor, Verb.ADMINISTER)
        if form.is_valid():
            try:
                added = add_synonym(actor, organisation=body, **form.cleaned_data)
            except SynonymRefused as refusal:
                form.add_error(None, refusal.messages)
            else:
                messages.success(request, _("「{pair}」を加えました。").format(pair=added))
                return redirect("portal:synonyms")
    return render(request, "portal/synonyms.html", {"form": form, "synonyms": Synonym.objects.all()})


@login_required
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Take out the pair that the form names."""
    actor = request.actor  # type: ignore[attr-defined]
    body = keeping_body(actor)
    if body is None:
        raise PermissionRefused(actor, Verb.ADMINISTER)
    key = request.POST.get("synonym", "")
    synonym = Synonym.objects.filter(pk=int(key)).first() if key.isascii() and key.isdigit() else None
    if synonym is None:
        raise Http404
    remove_synonym(actor, organisation=body, synonym=synonym)
    messages.success(request, _("「{pair}」を外しました。").format(pair=synonym))
    return redirect("portal:synonyms")
