"""自区のアドレス: which address ranges are the ward's own."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.policy import PermissionRefused, Verb, allows
from yui.kernel.ui.asking import actor_of, attempt
from yui.security.soc.models import OwnNetwork
from yui.security.soc.operations.senders.own_networks import keep_own_networks
from yui.security.soc.views.senders.entrustment import own_ward


class NetworksForm(forms.Form):
    """The ranges, one a line."""

    networks = forms.CharField(
        label=gettext_lazy("アドレスの範囲(1行に1つ)"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy("例: 192.0.2.0/24。庁外から見える固定のアドレスを、すべて書きます。"),
    )

    def lines(self) -> list[str]:
        """Return what stands in the lines."""
        return [line for line in self.cleaned_data["networks"].splitlines() if line.strip()]


@login_required
def own_networks(request: HttpRequest) -> HttpResponse:
    """Show the ward's ranges; its administrator changes them here."""
    actor, ward = actor_of(request), own_ward(request)
    may_administer = allows(actor, Verb.ADMINISTER, ward)
    standing = list(
        OwnNetwork.objects.visible_to(actor).filter(organisation=ward).values_list("network", flat=True)
    )
    form = NetworksForm(request.POST or None, initial={"networks": "\n".join(standing)})
    if request.method == "POST":
        if not may_administer:
            raise PermissionRefused(actor, Verb.ADMINISTER)
        done, changed = attempt(form, lambda: keep_own_networks(actor, ward=ward, networks=form.lines()))
        if done:
            messages.success(
                request, _("自区のアドレスを変えました。") if changed else _("変わったところはありません。")
            )
            return redirect("soc:own-networks")
    context = {
        "ward": ward,
        "form": form,
        "standing": standing,
        "may_administer": may_administer,
        "entries": history_of(urn("soc.own_networks", ward.code)),
    }
    return render(request, "soc/senders/own_networks.html", context, status=422 if form.errors else 200)
