"""監視の委任: a ward lets the joint body watch for it, and takes it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.kernel.calendar_jp import today
from yui.kernel.policy import PermissionRefused, Verb, allows
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of, attempt, visible_or_404
from yui.security.soc.models import Entrustment
from yui.security.soc.operations.senders.entrust_watch import (
    change_sharing,
    end_entrustment,
    entrust_watch,
)
from yui.security.soc.policies import joint_body
from yui.security.soc.views.senders.forms import EndForm, EntrustForm, SharingForm


def own_ward(request: HttpRequest) -> Organisation:
    """Return the reader's ward that the address names, else the first one."""
    code = request.POST.get("ward") or request.GET.get("ward") or ""
    wards = Organisation.objects.wards().filter(pk__in=actor_of(request).organisation_ids)
    found = (wards.filter(code=code) if code else wards).first()
    if found is None:
        raise Http404(_("この画面は、区の職員が使います。"))
    return found


@login_required
def entrustment(request: HttpRequest) -> HttpResponse:
    """Show what the ward entrusted; its administrator entrusts the watch here."""
    actor = actor_of(request)
    ward = own_ward(request)
    form = EntrustForm(request.POST or None)
    if request.method == "POST":
        if not allows(actor, Verb.ADMINISTER, ward):
            raise PermissionRefused(actor, Verb.ADMINISTER)
        done, _made = attempt(form, lambda: entrust_watch(actor, ward=ward, facts=form.facts()))
        if done:
            messages.success(request, _("監視を任せました。"))
            return redirect("soc:entrustment")
    found = Entrustment.objects.visible_to(actor).filter(organisation=ward).select_related("body")
    standing = found.filter(valid_until__isnull=True) | found.filter(valid_until__gte=today())
    current = standing.order_by("valid_from").first()
    context = {
        "ward": ward,
        "body": joint_body(),
        "current": current,
        "past": [one for one in found.order_by("-valid_from") if current is None or one.pk != current.pk],
        "form": form,
        "sharing_form": SharingForm(
            initial={"shares_sightings": current.shares_sightings, "minimum_wards": current.minimum_wards}
            if current
            else None,
            auto_id="sharing_%s",
        ),
        "end_form": EndForm(auto_id="end_%s"),
        "may_administer": allows(actor, Verb.ADMINISTER, ward),
    }
    return render(request, "soc/senders/entrustment.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def entrustment_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is shared, or (``end=1``) end the entrustment."""
    actor = actor_of(request)
    found: Entrustment = visible_or_404(
        Entrustment.objects.visible_to(actor).select_related("organisation", "body"), pk=pk
    )
    if request.POST.get("end") == "1":
        end = EndForm(request.POST)
        done, _nothing = attempt(
            end, lambda: end_entrustment(actor, entrustment=found, last_day=end.cleaned_data["last_day"])
        )
        text = _("監視の委任を終える日を決めました。")
    else:
        share = SharingForm(request.POST)
        done, _nothing = attempt(
            share, lambda: change_sharing(actor, entrustment=found, **share.cleaned_data)
        )
        text = _("共有のしかたを変えました。")
    if done:
        messages.success(request, text)
    else:
        messages.error(request, _("入力を確かめてください。日付と、2から23までの数を入れます。"))
    return redirect("soc:entrustment")
