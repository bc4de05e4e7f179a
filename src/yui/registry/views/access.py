"""What every page of the registry asks first: who reads, which record, whose ledger."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from yui.kernel.policy import PermissionRefused, Verb, allows
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of, visible_or_404
from yui.registry.models import InformationSystem
from yui.registry.queries.systems import systems_for


def visible_system(request: HttpRequest, pk: int) -> InformationSystem:
    """Return a system with what its pages show, or answer 404."""
    system: InformationSystem = visible_or_404(systems_for(actor_of(request)), pk=pk)
    return system


def require_edit(request: HttpRequest, organisation: Organisation) -> None:
    """Answer 403 to whoever sees the record but may not change it."""
    if not allows(actor_of(request), Verb.EDIT, organisation):
        raise PermissionRefused(actor_of(request), Verb.EDIT)


def chosen_organisation(request: HttpRequest) -> tuple[Organisation, list[Organisation]]:
    """Return the organisation that the address names, and those to choose from.

    Without a name it is the reader's own, else the first ward; an unknown name answers 404.
    """
    choices = list(Organisation.objects.active())
    code = request.GET.get("organisation", "")
    own = actor_of(request).organisation_ids
    wanted = (
        [each for each in choices if each.code == code]
        if code
        else [each for each in choices if each.pk in own] or [each for each in choices if each.is_ward]
    )
    if not wanted:
        raise Http404(_("その団体はありません。"))
    return wanted[0], choices


def own_organisation(request: HttpRequest) -> Organisation:
    """Return the organisation that the address names, else the first one whose ledger the reader may change.

    Answers 403 where there is none, and where the reader may not change the one named.
    """
    actor = actor_of(request)
    code = request.GET.get("organisation", "")
    editable = Organisation.objects.active()
    if not actor.is_system:
        editable = editable.filter(pk__in=actor.organisation_ids_with(Verb.EDIT))
    if code:
        editable = editable.filter(code=code)
    found = editable.first()
    if found is None:
        raise PermissionRefused(actor, Verb.EDIT)
    return found
