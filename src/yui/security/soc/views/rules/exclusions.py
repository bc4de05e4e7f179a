"""除外: what wards tuned out, and a form that builds a condition from an alert."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yui.kernel.calendar_jp import now
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.tables.columns import Column, Kind
from yui.kernel.tables.filters import Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of, attempt, visible_or_404
from yui.security.soc.models import Alert, AlertGroup, RuleExclusion, SeenField
from yui.security.soc.operations.rules.add_exclusion import add_exclusion
from yui.security.soc.operations.rules.conditions import ConditionRow, condition_in_words, condition_of
from yui.security.soc.operations.rules.errors import ExclusionEnded
from yui.security.soc.operations.rules.withdraw_exclusion import withdraw_exclusion
from yui.security.soc.policies import may
from yui.security.soc.views.rules.access import editable_ward
from yui.security.soc.views.rules.forms import ExclusionForm
from yui.security.soc.views.rules.record import visible_rule

MOST_SUGGESTED = 300
STATES = (
    ("holds", gettext_lazy("効いている")),
    ("ended", gettext_lazy("期限が過ぎた")),
    ("withdrawn", gettext_lazy("取り消した")),
)


def state_of(exclusion: RuleExclusion) -> tuple[str, str]:
    """Return whether an exclusion holds, as code and word."""
    if exclusion.withdrawn_at is not None:
        return "withdrawn", _("取り消した")
    return ("ended", _("期限が過ぎた")) if exclusion.expires_at <= now() else ("holds", _("効いている"))


def condition_text(exclusion: RuleExclusion) -> str:
    """Return the condition on one line."""
    lines = condition_in_words(exclusion.condition)
    return "、".join(f"{name}{'|' + how if how else ''}={value}" for name, how, value in lines)


def _by_state(exclusions: QuerySet, values: list[str]) -> QuerySet:
    moment = now()
    conditions = {
        "holds": Q(withdrawn_at__isnull=True, expires_at__gt=moment),
        "ended": Q(withdrawn_at__isnull=True, expires_at__lte=moment),
        "withdrawn": Q(withdrawn_at__isnull=False),
    }
    wanted = Q()
    for value in values:
        wanted |= conditions[value]
    return exclusions.filter(wanted)


class ExclusionTable(Table):
    """The list of exclusions."""

    code = "soc.exclusions"
    title = gettext_lazy("検知の除外")
    search = ("rule__search_key", "reason")
    search_hint = gettext_lazy("ルールの題名、理由")
    columns = (
        Column("rule", gettext_lazy("ルール"), "rule.title", sort="rule__title"),
        Column("ward", gettext_lazy("区"), "organisation.name", sort="organisation__sort_order", nowrap=True),
        Column("condition", gettext_lazy("条件"), condition_text),
        Column("reason", gettext_lazy("理由"), "reason"),
        Column("expires", gettext_lazy("期限"), "expires_at", Kind.DATETIME, sort="expires_at"),
        Column("state", gettext_lazy("状態"), state_of, Kind.BADGE),
        Column("suppressed", gettext_lazy("除外した件数"), "suppressed", Kind.NUMBER, sort="suppressed"),
        Column("by", gettext_lazy("決めた人"), "created_by.name_ja", default=False),
    )
    filters = (Filter("state", gettext_lazy("状態"), choices=STATES, narrow=_by_state),)
    default_sort = "expires"
    empty_title = gettext_lazy("除外はありません")
    empty_text = gettext_lazy("問題のない検知が続くときに、検知の画面から期限を決めて除外します。")

    def row_url(self, record: Any) -> str:
        """Return the address of the exclusion's rule, where it can be withdrawn."""
        address = reverse("soc:rule", args=[record.rule_id])
        return f"{address}?ward={record.organisation.code}#exclusions"


@login_required
@require_safe
def exclusions(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    found = RuleExclusion.objects.visible_to(actor_of(request))
    related = found.select_related("organisation", "rule", "created_by").defer("rule__source")
    return ExclusionTable(request, related).response("soc/rules/exclusions.html")


@login_required
def exclusion_new(request: HttpRequest) -> HttpResponse:
    """Add an exclusion; ``?rule=`` names the rule, ``?alert=`` a group whose event suggests the condition."""
    key = request.GET.get("rule", "")
    if not key.isdecimal() or len(key) > 17:
        raise Http404(_("どのルールの除外かを選んでください。"))
    rule = visible_rule(request, int(key))
    actor = actor_of(request)
    group = _group(request, rule.pk)
    ward = group.organisation if group is not None else editable_ward(request)
    if not may(actor, Verb.EDIT, ward):
        raise PermissionRefused(actor, Verb.EDIT)
    event, rows = _suggestion(request, group)
    names = list(event) or _seen_names(request, ward.pk)
    form = ExclusionForm(request.POST or None, suggested=names, rows=rows)
    if request.method == "POST":
        done, _made = attempt(
            form,
            lambda: add_exclusion(
                actor,
                ward=ward,
                rule=rule,
                condition=condition_of(form.condition_rows()),
                reason=form.cleaned_data["reason"],
                expires_on=form.cleaned_data["expires_on"],
            ),
        )
        if done:
            messages.success(request, _("除外を加えました。期限が来ると自動で終わります。"))
            return redirect(f"{rule.get_absolute_url()}?ward={ward.code}#exclusions")
    context = {"form": form, "rule": rule, "ward": ward, "group": group, "event": sorted(event.items())}
    return render(request, "soc/rules/exclusion_form.html", context, status=422 if form.errors else 200)


def _group(request: HttpRequest, rule: int) -> AlertGroup | None:
    """Return the group of alerts that the address names, or answer 404."""
    key = request.GET.get("alert", "")
    if not key:
        return None
    if not key.isdecimal() or len(key) > 17:
        raise Http404
    groups = AlertGroup.objects.visible_to(actor_of(request)).select_related("organisation")
    found: AlertGroup = visible_or_404(groups, pk=int(key), rule_id=rule)
    return found


def _suggestion(request: HttpRequest, group: AlertGroup | None) -> tuple[dict[str, Any], list[ConditionRow]]:
    """Return the latest event of a group, and rows that say what matched in it."""
    if group is None:
        return {}, []
    alert = Alert.objects.visible_to(actor_of(request)).filter(group=group).first()
    if alert is None:
        return {}, []
    rows: dict[str, ConditionRow] = {}
    for matched in alert.matched:
        name, value = str(matched.get("field") or ""), matched.get("value")
        if name and value not in (None, ""):
            rows[name] = ConditionRow(name, "", (literal(str(value)),))
    if group.host and (own := next((n for n, v in alert.event.items() if str(v) == group.host), "")):
        rows.setdefault(own, ConditionRow(own, "", (literal(group.host),)))
    return dict(alert.event), list(rows.values())


def literal(value: str) -> str:
    """Return a value as Sigma reads it when it means itself: its signs ``*`` and ``?`` escaped.

    Source: Sigma specification 2.1, "Escaping": a backslash before a wildcard makes it plain, and one before
    a backslash that stands before a wildcard.
    """
    escaped = value.replace("\\*", "\\\\*").replace("\\?", "\\\\?")
    return escaped.replace("*", "\\*").replace("?", "\\?")


def _seen_names(request: HttpRequest, ward: int) -> list[str]:
    """Return names of fields that the ward's events carried."""
    seen = SeenField.objects.visible_to(actor_of(request)).filter(organisation_id=ward)
    return list(seen.order_by("field").values_list("field", flat=True).distinct()[:MOST_SUGGESTED])


@login_required
@require_POST
def exclusion_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an exclusion."""
    found = RuleExclusion.objects.visible_to(actor_of(request)).select_related("organisation", "rule")
    exclusion: RuleExclusion = visible_or_404(found, pk=pk)
    try:
        withdraw_exclusion(actor_of(request), exclusion=exclusion)
    except ExclusionEnded as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("除外を取り消しました。"))
    return redirect(f"{exclusion.rule.get_absolute_url()}?ward={exclusion.organisation.code}#exclusions")
