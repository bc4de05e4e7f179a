"""効果: expected and measured, of one proposal and of all."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import today
from yui.kernel.policy import PermissionRefused, Verb, allows
from yui.kernel.tables.columns import Column, Kind, choice_of
from yui.kernel.tables.filters import DateRangeFilter, Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of, attempt
from yui.people.practices.forms_proposal_figures import EffectForm
from yui.people.practices.models import EffectPhase, MethodGrade, ProposalEffect
from yui.people.practices.operations.proposals import record_effect
from yui.people.practices.policies_proposals import is_author
from yui.people.practices.views.proposals.access import visible_proposal
from yui.people.practices.views.proposals.listing import organisation_choices
from yui.people.practices.views.proposals.tabs import with_tabs


class EffectTable(Table):
    """Every look at an effect, beside what was expected."""

    code = "practices.effects"
    title = gettext_lazy("改善提案の効果")
    search = ("proposal__title_key",)
    search_hint = gettext_lazy("番号、件名、グループ名")
    columns = (
        Column("title", gettext_lazy("件名"), "proposal.title", sort="proposal__title"),
        Column("number", gettext_lazy("番号"), "proposal.number", sort="proposal__number", nowrap=True),
        Column(
            "organisation",
            gettext_lazy("団体"),
            "proposal.organisation.name",
            sort="proposal__organisation__sort_order",
            nowrap=True,
        ),
        Column("phase", gettext_lazy("時点"), choice_of("phase"), Kind.BADGE, sort="phase"),
        Column("grade", gettext_lazy("測り方"), choice_of("grade"), Kind.BADGE, sort="grade"),
        Column("measured_on", gettext_lazy("測った日"), "measured_on", Kind.DATE, sort="measured_on"),
        Column(
            "expected_hours",
            gettext_lazy("見込む時間/年"),
            "proposal.expected_hours",
            Kind.NUMBER,
            sort="proposal__expected_hours",
        ),
        Column("hours", gettext_lazy("減った時間/年"), lambda effect: effect.hours, Kind.NUMBER),
        Column(
            "expected_yen",
            gettext_lazy("見込む円/年"),
            "proposal.expected_yen_yearly",
            Kind.YEN,
            sort="proposal__expected_yen_yearly",
        ),
        Column("yen", gettext_lazy("減った円/年"), "yen_yearly", Kind.YEN, sort="yen_yearly"),
        Column("once", gettext_lazy("減った円(一時)"), "yen_once", Kind.YEN, default=False),
    )
    filters = (
        Filter("phase", gettext_lazy("時点"), "phase", EffectPhase.choices),
        Filter("grade", gettext_lazy("測り方"), "grade", MethodGrade.choices),
        Filter("organisation", gettext_lazy("団体"), "proposal__organisation__code", organisation_choices),
        DateRangeFilter("measured", gettext_lazy("測った日"), "measured_on"),
    )
    default_sort = "-measured_on"
    empty_title = gettext_lazy("効果の記録がまだありません")
    empty_text = gettext_lazy("採用した提案を実施して効果を測ると、見込みと並べてここに出ます。")

    def row_url(self, record: ProposalEffect) -> str | None:
        """Lead to the proposal."""
        return record.proposal.get_absolute_url()


@login_required
@require_safe
def effects(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    records = ProposalEffect.objects.visible_to(actor_of(request))
    table = EffectTable(request, records.select_related("proposal__organisation"))
    return table.response("practices/proposals/effects.html", with_tabs(request, {}))


@login_required
def effect(request: HttpRequest, pk: int) -> HttpResponse:
    """Record, or correct, one look at the effect of a proposal."""
    actor, found = actor_of(request), visible_proposal(request, pk)
    if not (allows(actor, Verb.EDIT, found.organisation) or is_author(actor, found)):
        raise PermissionRefused(actor, Verb.EDIT)
    known = {each.phase: each for each in ProposalEffect.objects.visible_to(actor).filter(proposal=found)}
    phase = request.GET.get("phase", "") or _next_phase(known)
    form = EffectForm(
        request.POST or None, instance=known.get(phase), initial={"phase": phase, "measured_on": today()}
    )
    if request.method == "POST":
        done, _effect = attempt(form, lambda: record_effect(actor, proposal=found, facts=form.facts()))
        if done:
            messages.success(request, _("効果を記録しました。"))
            return redirect(found)
    context = {"form": form, "proposal": found, "known": list(known.values())}
    return render(request, "practices/proposals/effect.html", context, status=422 if form.errors else 200)


def _next_phase(known: dict[str, ProposalEffect]) -> str:
    """Return the first time at which nothing has been recorded yet, else the last one."""
    missing = [phase.value for phase in EffectPhase if phase.value not in known]
    return missing[0] if missing else EffectPhase.TWELVE_MONTHS.value
