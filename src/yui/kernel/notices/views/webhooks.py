"""通知の送り先: the channels of the organisations that the reader administers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yui.kernel.notices.forms import WebhookForm, kind_titles
from yui.kernel.notices.models import NoticeWebhook
from yui.kernel.notices.operations.add_webhook import add_webhook
from yui.kernel.notices.operations.delete_webhook import delete_webhook
from yui.kernel.notices.operations.switch_webhook import switch_webhook
from yui.kernel.notices.operations.try_webhook import try_webhook
from yui.kernel.notices.webhook_hosts import allowed_hosts
from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.kernel.scope.models import Organisation, ScopedQuerySet


def _administered(actor: Actor) -> list[int]:
    """Return the organisations whose channels the reader handles.

    Raises:
        PermissionRefused: when there is none.
    """
    ids = sorted(actor.organisation_ids_with(Verb.ADMINISTER))
    if not ids:
        raise PermissionRefused(actor, Verb.ADMINISTER)
    return ids


def _webhooks(actor: Actor) -> ScopedQuerySet:
    """Return the channels that the reader handles; colleagues do not see their addresses."""
    found = NoticeWebhook.objects.visible_to(actor).filter(organisation_id__in=_administered(actor))
    return found.select_related("organisation")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    """List the channels, and add one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    organisations = Organisation.objects.active().filter(pk__in=_administered(actor))
    form = WebhookForm(request.POST if request.method == "POST" else None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        try:
            added = add_webhook(actor, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("「%(name)s」を加えました。試しに送ってみてください。") % {"name": added.title}
            )
            return redirect("notices:webhooks")
    rows = [(webhook, kind_titles(webhook)) for webhook in _webhooks(actor)]
    context = {"rows": rows, "form": form, "hosts": sorted(allowed_hosts())}
    return render(request, "notices/webhooks.html", context)


@login_required
@require_POST
def webhook_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Try a channel, switch it, or delete it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    webhook = get_object_or_404(_webhooks(actor), pk=pk)
    match step:
        case "test":
            reason = try_webhook(actor, webhook=webhook)
            if reason:
                text = _("「%(name)s」に届きませんでした: %(reason)s")
                messages.error(request, text % {"name": webhook.title, "reason": reason})
            else:
                messages.success(request, _("「%(name)s」に届きました。") % {"name": webhook.title})
        case "on" | "off":
            switch_webhook(actor, webhook=webhook, is_active=step == "on")
            messages.success(request, _("保存しました。"))
        case "delete":
            delete_webhook(actor, webhook=webhook)
            messages.success(request, _("「%(name)s」を削除しました。") % {"name": webhook.title})
        case _:
            raise Http404
    return redirect("notices:webhooks")
