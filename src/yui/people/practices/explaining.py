"""What practices and proposals say of a month: adoptions, and proposals that wait for a decision."""

from collections.abc import Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from yui.kernel.calendar_jp import Month, Period, today
from yui.kernel.explanations.registry import Statement, Topic, explainer
from yui.kernel.measures.values import MeasureScope
from yui.kernel.policy import Actor
from yui.people.practices.measures_practices import adoptions, registered
from yui.people.practices.models import Proposal, ProposalStage
from yui.people.practices.queries.proposals.listing import proposals_for

WHY = "joint figures count the proposals of all wards and name none"
UNDECIDED = (ProposalStage.RECEIVED, ProposalStage.REVIEW)
"""Stages in which somebody has to decide."""


@explainer(code="practices", title=gettext_lazy("グッドプラクティス・改善提案"), pillar=3)
def explain(actor: Actor, scope: MeasureScope, month: Month) -> Sequence[Statement]:
    """Say in numbers how many practices were registered and adopted, and how many proposals wait too long.

    Jointly over all wards; of a ward's proposals only those that the actor may see.
    """
    return [*_adoptions(scope, month), *_overdue(actor, scope, month)]


def _adoptions(scope: MeasureScope, month: Month) -> list[Statement]:
    period = Period.of_month(month)
    taken, written = adoptions(scope, period), registered(scope, period)
    count = int(taken.value) if taken and taken.value is not None else 0
    fresh = int(written.value) if written and written.value is not None else 0
    if not count and not fresh:
        return []
    text = _("グッドプラクティスが%(fresh)s件登録され、ほかの区の事例の導入が%(count)s件ありました。")
    words = {"fresh": f"{fresh:,}", "count": f"{count:,}"}
    url = reverse("practices:adoptions")
    return [Statement("adoptions", Topic.CHANGE, text % words, 50, url, "practices.adoptions")]


def _overdue(actor: Actor, scope: MeasureScope, month: Month) -> list[Statement]:
    """Count the undecided proposals whose deadline had passed at the month's end."""
    day = min(month.last_day + timedelta(days=1), today())
    if scope.organisation is None:
        proposals = Proposal.objects.unscoped(WHY)
    else:
        proposals = proposals_for(actor).filter(organisation=scope.organisation)
    count = proposals.filter(stage__in=UNDECIDED, due_on__lt=day).count()
    if not count:
        return []
    text = ngettext(
        "期限を過ぎて結論を待っている改善提案が%(count)s件あります。採否を決めてください。",
        "期限を過ぎて結論を待っている改善提案が%(count)s件あります。採否を決めてください。",
        count,
    )
    words = {"count": f"{count:,}"}
    weight = min(85, 55 + count)
    return [Statement("overdue", Topic.DECISION, text % words, weight, reverse("practices:proposal-board"))]
