"""取組: one initiative with what it answers and moves, and its form."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.governance.challenges.forms import InitiativeForm, initial_of
from yui.governance.challenges.models import Initiative
from yui.governance.challenges.operations import save_initiative
from yui.governance.challenges.policies import may_keep
from yui.governance.challenges.queries.chain import chain_from
from yui.governance.challenges.queries.logic_model import key_of, logic_model
from yui.governance.challenges.queries.records import evidence_of
from yui.governance.challenges.views.access import require_keep, visible_initiative
from yui.governance.challenges.views.form_pages import form_page
from yui.governance.challenges.views.histories import entries_of
from yui.governance.priorities.public import option_standing
from yui.kernel.ui.asking import actor_of, keeping_organisation


@login_required
@require_safe
def initiative(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one initiative: what it is, which challenges it answers, which indicators it moves."""
    shown, actor = visible_initiative(request, pk), actor_of(request)
    key = key_of(shown)
    model = logic_model(actor, shown.pillar)
    keeps = may_keep(actor, shown)
    standing = option_standing(actor, shown.set_code, shown.option_code) if shown.option_code else None
    context = {
        "initiative": shown,
        "evidence": evidence_of(actor, shown),
        "answers": [arrow for arrow in model.arrows if arrow.target.key == key],
        "chain": chain_from(model, key),
        "standing": standing,
        "first_share": f"{standing.first_share:.1%}" if standing and standing.first_share is not None else "",
        "may_keep": keeps,
        "entries": entries_of(shown) if keeps else [],
    }
    return render(request, "challenges/initiative.html", context)


@login_required
def new_initiative(request: HttpRequest) -> HttpResponse:
    """Add an initiative."""
    return _form_page(request, None)


@login_required
def edit_initiative(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an initiative."""
    return _form_page(request, visible_initiative(request, pk))


def _form_page(request: HttpRequest, stored: Initiative | None) -> HttpResponse:
    if stored:
        require_keep(request, stored)
    organisation = stored.organisation if stored else keeping_organisation(request)
    first = initial_of(stored) if stored else {"pillar": request.GET.get("pillar", "")[:1]}
    form = InitiativeForm(request.POST or None, initial=first, actor=actor_of(request))
    return form_page(
        request,
        form,
        title=_("取組を直す") if stored else _("取組を加える"),
        organisation=organisation,
        save=lambda: save_initiative(
            actor_of(request), organisation=organisation, facts=form.facts(stored), initiative=stored
        ),
        said=_("取組を保存しました。"),
        leads_to=Initiative.get_absolute_url,
        back=stored,
    )
