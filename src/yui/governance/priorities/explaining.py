"""What the priorities say of a month: orders that were decided, and orders that are not sure yet."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yui.governance.priorities.models import PrioritySet, Round, SetState
from yui.governance.priorities.queries.rank_rows import last_round
from yui.governance.priorities.queries.result import result_of
from yui.governance.priorities.queries.sets import sets_for
from yui.governance.priorities.words import SURE, percent, sign
from yui.kernel.calendar_jp import Month
from yui.kernel.explanations.registry import Statement, Topic, explainer
from yui.kernel.measures.values import MeasureScope
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet


@explainer(code="priorities", title=gettext_lazy("優先度の検討"))
def explain(actor: Actor, scope: MeasureScope, month: Month) -> Sequence[Statement]:
    """Say what was decided in the month, and whose first place depends on the weights.

    Jointly about the sets that joint bodies keep, of a ward about its own; only sets that the actor may see.
    """
    sets = sets_for(actor)
    if scope.organisation is None:
        sets = sets.exclude(organisation__kind="ward")
    else:
        sets = sets.filter(organisation=scope.organisation)
    return [*_decided(actor, sets, month), *_unsure(actor, sets, month)]


def _decided(actor: Actor, sets: ScopedQuerySet, month: Month) -> list[Statement]:
    rounds = (
        Round.objects.visible_to(actor)
        .filter(
            priority_set__in=sets.values("pk"),
            closed_on__gte=month.first_day,
            closed_on__lte=month.last_day,
        )
        .exclude(decision="")
        .select_related("priority_set")
    )
    return [
        Statement(
            f"decided.{each.priority_set_id}.{each.number}",
            Topic.CHANGE,
            _("「%(title)s」の優先度を決めました: %(order)s。")
            % {"title": each.priority_set.title, "order": " > ".join(map(str, each.decided_order)) or "—"},
            80,
            each.priority_set.get_absolute_url(),
        )
        for each in rounds
    ]


def _unsure(actor: Actor, sets: ScopedQuerySet, month: Month) -> list[Statement]:
    """Tell the sets under deliberation since the month or before whose first place is not firm."""
    found = []
    for each in sets.filter(state=SetState.DELIBERATING):
        told = _about(actor, each, month)
        if told is not None:
            found.append(told)
    return found


def _about(actor: Actor, priority_set: PrioritySet, month: Month) -> Statement | None:
    round_ = last_round(actor, priority_set)
    result = result_of(actor, round_) if round_.opened_on <= month.last_day else None
    if result is None or result.first.first_share >= SURE:
        return None
    words = {
        "title": priority_set.title,
        "option": sign(result.first.option),
        "share": percent(result.first.first_share),
    }
    text = _(
        "「%(title)s」はまだ決まっていません。いまの1位の%(option)sが1位になるのは、重みのうち%(share)sです。"
        "どの観点を重く見るかを決めてください。"
    )
    return Statement(
        f"unsure.{priority_set.pk}",
        Topic.DECISION,
        text % words,
        85,
        priority_set.get_absolute_url(),
    )
