"""改善提案: the proposals that the reader may see."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import FiscalYear, today
from yui.kernel.policy import Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.columns import Column, Kind, choice_of
from yui.kernel.tables.filters import BooleanFilter, DateRangeFilter, Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of
from yui.people.practices.models import Proposal, ProposalKind, ProposalOutcome, ProposalStage
from yui.people.practices.queries.proposals.listing import proposals_for
from yui.people.practices.views.proposals.tabs import with_tabs

YEARS_OFFERED = 10


def organisation_choices() -> list[tuple[str, str]]:
    """Return the organisations as choices."""
    return [(each.code, each.name) for each in Organisation.objects.active()]


def year_choices() -> list[tuple[str, str]]:
    """Return the fiscal years as choices, the present one first."""
    year = FiscalYear.of(today())
    return [(str(year.shift(-back)), year.shift(-back).label) for back in range(YEARS_OFFERED)]


def overdue_or_not(proposals: QuerySet[Proposal], values: list[str]) -> QuerySet[Proposal]:
    """Keep the proposals whose stage is overdue, or the others."""
    late = {"due_on__lt": today()}
    return proposals.filter(**late) if values[0] == "1" else proposals.exclude(**late)


class ProposalTable(Table):
    """The list of proposals."""

    code = "practices.proposals"
    title = _("改善提案")
    search = ("title_key",)
    search_hint = _("番号、件名、グループ名")
    columns = (
        Column("title", _("件名"), "title", sort="title"),
        Column("number", _("番号"), "number", sort="number", nowrap=True),
        Column("organisation", _("団体"), "organisation.name", sort="organisation__sort_order", nowrap=True),
        Column("kind", _("種別"), choice_of("kind"), Kind.BADGE, sort="kind"),
        Column("stage", _("段階"), choice_of("stage"), Kind.BADGE, sort="stage"),
        Column("due_on", _("期限"), "due_on", Kind.DATE, sort="due_on", nowrap=True),
        Column("submitted_on", _("提出日"), "submitted_on", Kind.DATE, sort="submitted_on", nowrap=True),
        Column("votes", _("賛成"), "vote_count", Kind.NUMBER, sort="vote_count"),
        Column("category", _("分類"), "category.name", sort="category__name", default=False),
        Column("department", _("部署"), "department.name", sort="department__name", default=False),
        Column("owner", _("担当"), "owner.name", default=False),
        Column("outcome", _("結果"), "get_outcome_display", sort="outcome", default=False),
        Column("expected_hours", _("見込む時間/年"), "expected_hours", Kind.NUMBER, default=False),
        Column("expected_yen", _("見込む円/年"), "expected_yen_yearly", Kind.YEN, default=False),
    )
    default_sort = "-submitted_on"
    empty_title = _("改善提案がまだありません")
    empty_text = _("仕事のやり方を変えたいと思ったら、ここから提案できます。だれでも提案できます。")


def filters_for(user_id: int | None) -> tuple[Filter, ...]:
    """Return the conditions, of which one is the reader's own."""

    def own_or_not(proposals: QuerySet[Proposal], values: list[str]) -> QuerySet[Proposal]:
        mine = Proposal.objects.unscoped("which of the listed ones are the reader's own").of_person(user_id)
        keys = mine.values("pk")
        return proposals.filter(pk__in=keys) if values[0] == "1" else proposals.exclude(pk__in=keys)

    return (
        Filter("stage", _("段階"), "stage", ProposalStage.choices),
        Filter("kind", _("種別"), "kind", ProposalKind.choices),
        BooleanFilter("overdue", _("期限切れ"), narrow=overdue_or_not),
        BooleanFilter("mine", _("自分の提案"), narrow=own_or_not),
        Filter("organisation", _("団体"), "organisation__code", organisation_choices),
        Filter("year", _("年度"), "fiscal_year", year_choices),
        Filter("outcome", _("結果"), "outcome", ProposalOutcome.choices),
        DateRangeFilter("submitted", _("提出日"), "submitted_on"),
    )


@login_required
@require_safe
def proposals(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    actor = actor_of(request)
    table = ProposalTable(request, proposals_for(actor))
    table.filters = filters_for(actor.user_id)  # type: ignore[misc]
    context = {
        "may_propose": actor.is_member,
        "may_import": bool(actor.organisation_ids_with(Verb.IMPORT)),
    }
    return table.response("practices/proposals/list.html", with_tabs(request, context))
