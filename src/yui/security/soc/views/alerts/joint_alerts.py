"""横断検知: what several wards have in common; pages of the joint body alone."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.policy import Verb, allows
from yui.kernel.tables.columns import Column, Kind, choice_of
from yui.kernel.tables.filters import Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of, visible_or_404
from yui.security.soc.models import AlertState, CloseReason, JointAlert, Sighting
from yui.security.soc.operations.alerts import advise_wards, close_joint_alert, take_joint_alert
from yui.security.soc.queries.alerts.joint import joint_alerts_for, sightings_for, wards_of
from yui.security.soc.views.alerts.access import may_see_joint
from yui.security.soc.views.alerts.drawing import row_of
from yui.security.soc.views.alerts.forms import CloseForm
from yui.security.soc.views.alerts.kinds import KIND_CHOICES, LEVEL_CHOICES, kind_word


class AdviceForm(forms.Form):
    """What wards should do."""

    advice = forms.CharField(
        label=_("区へのお知らせ"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class JointAlertTable(Table):
    """Joint alerts."""

    code = "soc.joint_alerts"
    title = _("横断検知")
    search = ("key_value", "label")
    search_hint = _("値")
    columns = (
        Column("value", _("値"), "label", sort="label"),
        Column("kind", _("種類"), lambda joint: kind_word(joint.key_kind), sort="key_kind", nowrap=True),
        Column("level", _("重さ"), choice_of("level"), Kind.BADGE, sort="level"),
        Column("wards", _("区の数"), "ward_count", Kind.NUMBER, sort="ward_count"),
        Column("count", _("件数"), "count", Kind.NUMBER, sort="count"),
        Column("surprise", _("意外さ"), lambda joint: round(joint.surprise, 1), Kind.NUMBER, sort="surprise"),
        Column("first", _("最初の発生"), "first_seen", Kind.DATETIME, sort="first_seen"),
        Column("last", _("最後の発生"), "last_seen", Kind.DATETIME, sort="last_seen"),
        Column("state", _("状態"), choice_of("state"), Kind.BADGE, sort="state"),
        Column("assignee", _("担当"), lambda joint: str(joint.assignee or ""), default=False),
    )
    filters = (
        Filter("state", _("状態"), "state", AlertState.choices),
        Filter("level", _("重さ"), "level", LEVEL_CHOICES),
        Filter("kind", _("種類"), "key_kind", KIND_CHOICES),
    )
    default_sort = "-last"
    empty_title = _("横断検知はまだありません")
    empty_text = _("二つ以上の区で、ふだんは重ならない同じしるしが見つかると、ここに出ます。")


@login_required
@require_safe
def joint_alerts(request: HttpRequest) -> HttpResponseBase:
    """Show the list; for wards there is no such page."""
    actor = actor_of(request)
    if not may_see_joint(actor):
        raise Http404
    return JointAlertTable(request, joint_alerts_for(actor)).response("soc/alerts/joint_alerts.html")


@login_required
@require_safe
def joint_alert(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one joint alert: the wards it reaches, how unlikely that is, and what the wards were told."""
    actor = actor_of(request)
    found: JointAlert = visible_or_404(joint_alerts_for(actor), pk=pk)
    sighting = sightings_for(actor).filter(joint_alert=found).first()
    wards = [
        (each.ward, [row_of(group, url=group.get_absolute_url()) for group in each.groups])
        for each in wards_of(actor, found)
    ]
    context = {
        "joint": found,
        "kind": kind_word(found.key_kind),
        "wards": wards,
        "sighting": sighting,
        "may_work": allows(actor, Verb.EDIT, found.organisation),
        "is_open": found.state != AlertState.CLOSED,
        "is_mine": found.assignee_id is not None and found.assignee_id == actor.user_id,
        "close_form": CloseForm(auto_id="close_%s"),
        "advice_form": AdviceForm(initial={"advice": sighting.advice}) if sighting else None,
        "entries": history_of(urn("soc.joint_alert", pk)),
    }
    return render(request, "soc/alerts/joint_alert.html", context)


@login_required
@require_POST
def joint_alert_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take, close, or tell the wards what to do; then show the record again."""
    actor = actor_of(request)
    found: JointAlert = visible_or_404(joint_alerts_for(actor), pk=pk)
    try:
        messages.success(request, _run(request, found))
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
    return redirect(found)


def _run(request: HttpRequest, joint: JointAlert) -> str:
    """Run the step that the form names; return what to tell the reader."""
    actor, step = actor_of(request), request.POST.get("step")
    if step == "take":
        take_joint_alert(actor, joint=joint)
        return gettext("着手しました。")
    if step == "close":
        form = CloseForm(request.POST)
        if not form.is_valid():
            raise ValidationError(gettext("完了の理由を選んでください。"))
        reason = CloseReason(form.cleaned_data["reason"])
        close_joint_alert(actor, joint=joint, reason=reason, note=form.cleaned_data["note"])
        return gettext("完了しました。")
    if step == "advise":
        sighting: Sighting = visible_or_404(sightings_for(actor), joint_alert=joint)
        advise_wards(actor, sighting=sighting, advice=request.POST.get("advice", ""))
        return gettext("区へのお知らせを書きました。")
    raise ValidationError(gettext("その操作はありません。"))
