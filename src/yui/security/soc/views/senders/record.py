"""記録: one sender, what it was refused, how to set it up; registering and stopping it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Max, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yui.kernel.calendar_jp import now
from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.policy import Verb, allows
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of, attempt, visible_or_404
from yui.registry.public import systems_by_code
from yui.security.soc.models import LogSender, RejectedInput
from yui.security.soc.operations.senders.register_sender import register_sender
from yui.security.soc.operations.senders.renew_token import renew_token
from yui.security.soc.operations.senders.revoke_sender import revoke_sender
from yui.security.soc.policies import may
from yui.security.soc.queries.senders.silence import senders_for
from yui.security.soc.queries.senders.snippets import snippets
from yui.security.soc.views.rules.forms import ReasonForm
from yui.security.soc.views.rules.histories import told
from yui.security.soc.views.senders.forms import SenderForm
from yui.security.soc.views.senders.listing import protocols_of, state_of

MOST_REJECTED = 60


def visible_sender(request: HttpRequest, pk: int) -> LogSender:
    """Return a sender that the reader may see, or answer 404."""
    found: LogSender = visible_or_404(senders_for(actor_of(request)), pk=pk)
    return found


def sender_context(request: HttpRequest, found: LogSender, token: str = "") -> dict[str, Any]:
    """Return what the page of a sender shows; ``token`` only right after it was made."""
    actor = actor_of(request)
    rejected = RejectedInput.objects.visible_to(actor).filter(sender=found)
    totals = rejected.order_by().values("reason").annotate(total=Sum("count"), last=Max("last_at"))
    host = request.get_host().rpartition(":")[0] or request.get_host()
    state = state_of(found, now())
    return {
        "sender": found,
        "state": state,
        "is_open": state[0] in {"heard", "silent"},
        "protocols": protocols_of(found),
        "token": token,
        "rejected": list(rejected[:MOST_REJECTED]),
        "totals": sorted(totals, key=lambda row: -row["total"]),
        "snippets": snippets(host, found.proof, found.protocols, token),
        "may_edit": allows(actor, Verb.EDIT, found.organisation),
        "may_stop": may(actor, Verb.EDIT, found.organisation),
        "form": ReasonForm(),
        "entries": told(
            history_of(urn("soc.sender", found.pk), organisation=found.organisation.code), LogSender
        ),
    }


@login_required
@require_safe
def sender(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one sender."""
    found = visible_sender(request, pk)
    return render(request, "soc/senders/record.html", sender_context(request, found))


def _own_wards(request: HttpRequest) -> list[Organisation]:
    """Return the wards whose records the reader may change himself."""
    own = actor_of(request).organisation_ids_with(Verb.EDIT)
    return list(Organisation.objects.wards().filter(pk__in=own))


def _ward(request: HttpRequest, wards: Sequence[Organisation]) -> Organisation:
    """Return the ward that the address names, else the reader's first."""
    code = request.POST.get("ward") or request.GET.get("ward") or ""
    found = next((ward for ward in wards if not code or ward.code == code), None)
    if found is None:
        raise Http404(_("送信元を登録できる区がありません。登録は、その区の担当が行います。"))
    return found


@login_required
@never_cache
def sender_new(request: HttpRequest) -> HttpResponse:
    """Register a sender; its token is shown on the answer, once."""
    wards = _own_wards(request)
    ward = _ward(request, wards)
    actor = actor_of(request)
    systems = [(one.id, f"{one.code} {one.name}") for one in systems_by_code(actor, ward).values()]
    form = SenderForm(request.POST or None, request.FILES or None, systems=systems)
    if request.method == "POST":
        done, made = attempt(form, lambda: register_sender(actor, ward=ward, facts=form.facts()))
        if done and made is not None:
            if not made.token:
                messages.success(request, _("送信元を登録しました。"))
                return redirect(made.sender)
            context = sender_context(request, made.sender, made.token)
            return render(request, "soc/senders/record.html", context, status=201)
    context = {"form": form, "ward": ward, "wards": wards}
    return render(request, "soc/senders/form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def sender_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a sender."""
    found = visible_sender(request, pk)
    form = ReasonForm(request.POST)
    done, _nothing = attempt(
        form,
        lambda: revoke_sender(actor_of(request), sender=found, reason=form.cleaned_data["reason"]),
    )
    if done:
        messages.success(request, _("送信元を止めました。これから届くものは受け付けません。"))
        return redirect(found)
    context = sender_context(request, found) | {"form": form}
    return render(request, "soc/senders/record.html", context, status=422)


@login_required
@never_cache
@require_POST
def sender_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new token, and show it once."""
    found = visible_sender(request, pk)
    try:
        token = renew_token(actor_of(request), sender=found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(found)
    found = visible_sender(request, pk)
    return render(request, "soc/senders/record.html", sender_context(request, found, token))
