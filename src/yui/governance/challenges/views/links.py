"""つながり: a new arrow of a logic model, and why one is believed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.governance.challenges.facts import Ends
from yui.governance.challenges.forms import LinkForm, WhyForm, initial_of
from yui.governance.challenges.models import Link
from yui.governance.challenges.operations import link, unlink
from yui.governance.challenges.policies import may_keep
from yui.governance.challenges.queries.indicators import indicator_named
from yui.governance.challenges.queries.logic_model import logic_model
from yui.governance.challenges.views.access import require_keep, visible_arrow
from yui.governance.challenges.views.form_pages import form_page
from yui.governance.challenges.views.models import pillar_or_404
from yui.kernel.ui.asking import actor_of, attempt, keeping_organisation, told


@login_required
def new_link(request: HttpRequest, pillar: int) -> HttpResponse:
    """Draw an arrow between two boxes of a pillar's logic model."""
    model = logic_model(actor_of(request), pillar_or_404(pillar))
    organisation = keeping_organisation(request)
    first = {name: request.GET.get(name, "") for name in ("source", "target")}
    form = LinkForm(request.POST or None, initial=first, model=model)
    return form_page(
        request,
        form,
        title=_("線を引く"),
        organisation=organisation,
        save=lambda: link(
            actor_of(request), organisation=organisation, ends=form.ends(), facts=form.why(None)
        ),
        said=_("線を引きました。"),
        leads_to=lambda _link: reverse("challenges:model", args=[model.pillar]),
        model=model,
    )


@login_required
def link_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show why an arrow is believed; who drew it may say it better."""
    stored = visible_arrow(request, pk)
    if request.method == "POST":
        require_keep(request, stored)
    form = WhyForm(request.POST or None, initial=initial_of(stored))
    if request.method == "POST":
        ends = Ends(stored.challenge_id, stored.initiative_id, stored.source, stored.target)
        done, _drawn = attempt(
            form,
            lambda: link(
                actor_of(request), organisation=stored.organisation, ends=ends, facts=form.why(stored)
            ),
        )
        if done:
            messages.success(request, _("線の理由を保存しました。"))
            return redirect("challenges:model", pillar_of(stored))
    context = {
        "link": stored,
        "form": form,
        "pillar": pillar_of(stored),
        "source": _title(stored, is_source=True),
        "target": _title(stored, is_source=False),
        "may_keep": may_keep(actor_of(request), stored),
    }
    return render(request, "challenges/link.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def remove_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an arrow away."""
    stored = visible_arrow(request, pk)
    require_keep(request, stored)
    pillar = pillar_of(stored)
    told(request, lambda: unlink(actor_of(request), link=stored), _("線を消しました。"))
    return redirect("challenges:model", pillar)


def pillar_of(stored: Link) -> int:
    """Return the pillar in whose logic model an arrow stands."""
    if stored.initiative is not None:
        return int(stored.initiative.pillar)
    return indicator_named(stored.source).pillar


def _title(stored: Link, *, is_source: bool) -> str:
    """Return what stands at one end of an arrow, in the reader's language."""
    code = stored.source if is_source else stored.target
    if code:
        return indicator_named(code).title
    end = stored.challenge if is_source and stored.challenge else stored.initiative
    return end.name if end else ""
