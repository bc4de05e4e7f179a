"""上申: who is told when nobody takes an alert, and what was sent."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.kernel.ui.asking import actor_of, attempt, visible_or_404
from yui.security.soc.models import EscalationStep, Notice
from yui.security.soc.operations.rota.keep_steps import add_step, remove_step
from yui.security.soc.operations.rota.sending import allowed_hosts
from yui.security.soc.views.rota.access import may_keep, viewed_body
from yui.security.soc.views.rota.forms import StepForm
from yui.security.soc.views.rules.access import require_body

MOST_NOTICES = 50


@login_required
def escalation(request: HttpRequest) -> HttpResponse:
    """Show the steps and the latest notices; steps are added here."""
    body = viewed_body(request)
    actor = actor_of(request)
    steps = list(EscalationStep.objects.visible_to(actor))
    form = StepForm(
        request.POST or None, initial={"position": max((s.position for s in steps), default=0) + 1}
    )
    if request.method == "POST":
        require_body(request)
        done, _made = attempt(form, lambda: add_step(actor, facts=form.facts()))
        if done:
            messages.success(request, _("手順を加えました。"))
            return redirect("soc:escalation")
    context = {
        "steps": steps,
        "notices": Notice.objects.visible_to(actor).select_related("step")[:MOST_NOTICES],
        "form": form,
        "hosts": sorted(allowed_hosts()),
        "may_keep": may_keep(request, body),
    }
    return render(request, "soc/rota/escalation.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def escalation_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a step away."""
    require_body(request)
    found: EscalationStep = visible_or_404(EscalationStep.objects.visible_to(actor_of(request)), pk=pk)
    remove_step(actor_of(request), step=found)
    messages.success(request, _("手順を外しました。"))
    return redirect("soc:escalation")
