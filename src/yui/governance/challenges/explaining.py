"""What the room says about a month: challenges that became lighter, and gaps that opened."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from yui.governance.challenges.engine.gaps import GapKind
from yui.governance.challenges.models import Challenge, ChallengeState
from yui.governance.challenges.models.challenge import PILLARS
from yui.governance.challenges.queries.logic_model import Gap, LogicModel, logic_models
from yui.governance.challenges.queries.records import challenges_for
from yui.governance.challenges.words import gap_text
from yui.kernel.calendar_jp import TOKYO, Month
from yui.kernel.explanations.registry import Statement, Topic, explainer
from yui.kernel.measures.values import MeasureScope
from yui.kernel.policy import Actor


@explainer(code="challenges", title=gettext_lazy("課題とロジックモデル"))
def explain(actor: Actor, scope: MeasureScope, month: Month) -> Sequence[Statement]:
    """Say which challenges became lighter or went away in the month, and which gaps opened in it.

    For a ward, of its own challenges; for all wards together, of the joint ones and of the indicators.
    """
    return [*_changed(actor, scope, month), *_opened(actor, scope, month)]


def _changed(actor: Actor, scope: MeasureScope, month: Month) -> list[Statement]:
    """Return one sentence on the challenges that are not open any more since this month."""
    rows = challenges_for(actor).exclude(state=ChallengeState.OPEN)
    in_month = rows.filter(changed_on__range=(month.first_day, month.last_day))
    found = [each for each in in_month if _is_of(each, scope)]
    if not found:
        return []
    names = [
        _("「%(name)s」(%(state)s)") % {"name": each.name, "state": each.get_state_display()}
        for each in found
    ]
    text = ngettext(
        "課題%(count)s件の状態が変わりました: %(names)s。",
        "課題%(count)s件の状態が変わりました: %(names)s。",
        len(found),
    ) % {"count": len(found), "names": "、".join(names)}
    url = found[0].get_absolute_url() if len(found) == 1 else reverse("challenges:challenges")
    return [Statement("state", Topic.CHANGE, text, 40, url)]


def _opened(actor: Actor, scope: MeasureScope, month: Month) -> list[Statement]:
    """Return one sentence on the gaps that were not there in the month before."""
    models = logic_models(actor, PILLARS, month)
    gaps = [(model.pillar, gap) for model in models for gap in _new_gaps(model, scope)]
    if not gaps:
        return []
    pillar, first = gaps[0]
    text = ngettext(
        "ロジックモデルに新しい穴が%(count)sか所あります: %(first)s",
        "ロジックモデルに新しい穴が%(count)sか所あります。たとえば、%(first)s",
        len(gaps),
    ) % {"count": len(gaps), "first": gap_text(first)}
    url = f"{reverse('challenges:model', args=[pillar])}?month={month}#gaps"
    return [Statement("gaps", Topic.RISK, text, 35, url)]


def _new_gaps(model: LogicModel, scope: MeasureScope) -> list[Gap]:
    """Return gaps of challenges found in the month, and of indicators that had data in the month before."""
    return [
        gap
        for gap in model.gaps
        if (gap.kind is GapKind.UNANSWERED and _is_found_in(gap, scope, model.month))
        or (gap.kind is GapKind.NO_DATA and scope.is_joint and _had_data(gap))
    ]


def _is_found_in(gap: Gap, scope: MeasureScope, month: Month) -> bool:
    """Tell whether a challenge of the scope was entered in the month."""
    record = gap.node.record if gap.node else None
    if not isinstance(record, Challenge) or not _is_of(record, scope):
        return False
    return Month.of(record.created_at.astimezone(TOKYO).date()) == month


def _is_of(record: Challenge, scope: MeasureScope) -> bool:
    """Tell whether a challenge belongs to the scope's organisation; for all together, to a joint body."""
    if scope.organisation is None:
        return not record.organisation.is_ward
    return record.organisation_id == scope.organisation.pk


def _had_data(gap: Gap) -> bool:
    """Tell whether an indicator had a value in the month before."""
    row = gap.node.row if gap.node else None
    return bool(row and len(row.points) > 1 and row.points[-2] is not None)
