"""取り込み: a file of rules is taken in by a worker; every import keeps what could not be read."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from yui.kernel.exchange.errors import ExchangeError
from yui.kernel.exchange.storage import store_file
from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.policy import Verb, allows
from yui.kernel.tasks.operations import enqueue
from yui.kernel.ui.asking import actor_of, visible_or_404
from yui.security.soc.jobs_rules import IMPORT
from yui.security.soc.models import DetectionRule, RulePack
from yui.security.soc.policies import BODY_CODE, joint_body
from yui.security.soc.views.rules.access import require_body
from yui.security.soc.views.rules.forms import ImportRulesForm
from yui.security.soc.views.rules.histories import told

LARGEST = 100_000_000


@login_required
def rules_import(request: HttpRequest) -> HttpResponse:
    """Take a file, and show the imports so far."""
    actor = actor_of(request)
    body = joint_body()
    form = ImportRulesForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        require_body(request, Verb.IMPORT)
        if form.is_valid():
            upload: Any = form.cleaned_data["file"]
            try:
                stored = store_file(cast(Any, upload), LARGEST)
            except ExchangeError as error:
                form.add_error("file", str(error))
            else:
                job = enqueue(
                    actor,
                    body,
                    IMPORT,
                    job_title=upload.name[:150],
                    sha256=stored.sha256,
                    name=upload.name[:160],
                    licence=form.cleaned_data["licence"],
                    retires_missing=form.cleaned_data["retires_missing"],
                )
                return redirect(job.get_absolute_url())
    packs = RulePack.objects.visible_to(actor).select_related("imported_by").defer("unread")
    context = {
        "form": form,
        "may_import": allows(actor, Verb.IMPORT, body),
        "page": Paginator(packs, 20).get_page(request.GET.get("page")),
    }
    return render(request, "soc/rules/import.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def rule_pack(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one import: its licence, its counts, and what could not be used."""
    actor = actor_of(request)
    pack: RulePack = visible_or_404(RulePack.objects.visible_to(actor), pk=pk)
    rules = DetectionRule.objects.visible_to(actor).filter(pack=pack)
    context = {
        "pack": pack,
        "unusable": list(rules.exclude(unsupported="").only("pk", "title", "rule_id", "unsupported")[:200]),
        "rule_count": rules.count(),
        "refused": pack.parsed - pack.loaded,
        "entries": told(history_of(urn("soc.rule_pack", pack.pk), organisation=BODY_CODE), RulePack),
    }
    return render(request, "soc/rules/pack.html", context)
