"""What the commons say of a month: questions solved, and questions that waited too long."""

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from yui.kernel.calendar_jp import Month, Period, now
from yui.kernel.explanations.registry import Statement, Topic, explainer
from yui.kernel.measures.values import MeasureScope
from yui.kernel.policy import Actor
from yui.people.commons.engine.watching import SERVICE_LEVEL, waited
from yui.people.commons.measures import questions, solved_questions
from yui.people.commons.measures_counting import moment, shown_questions
from yui.people.commons.models import QuestionState

HOUR = 3600


@explainer(code="commons", title=gettext_lazy("共創プラットフォーム"), pillar=3)
def explain(actor: Actor, scope: MeasureScope, month: Month) -> Sequence[Statement]:
    """Say in numbers how many questions were asked and solved, and how many waited too long."""
    return [*_solved(scope, month), *_waiting(scope, month)]


def _solved(scope: MeasureScope, month: Month) -> list[Statement]:
    period = Period.of_month(month)
    asked, solved = questions(scope, period), solved_questions(scope, period)
    if asked is None or solved is None or not (asked.value or solved.value):
        return []
    text = _("質問が%(asked)s件あり、%(solved)s件が解決しました。")
    words = {"asked": f"{int(asked.value):,}", "solved": f"{int(solved.value):,}"}
    url = reverse("commons:figures")
    return [Statement("solved", Topic.CHANGE, text % words, 50, url, "commons.solved_questions")]


def _waiting(scope: MeasureScope, month: Month) -> list[Statement]:
    """Count the questions that at the month's end had waited for an answer longer than is aimed at."""
    end = min(moment(month.next().first_day), now())
    open_then = shown_questions().filter(
        Q(first_answer_at__isnull=True, state=QuestionState.OPEN) | Q(first_answer_at__gt=end),
        asked_at__lt=end,
    )
    if scope.organisation is not None:
        open_then = open_then.filter(organisation=scope.organisation)
    late = sum(waited(at, end) > SERVICE_LEVEL for at in open_then.values_list("asked_at", flat=True))
    if not late:
        return []
    text = ngettext(
        "月末に、回答の目安(開庁時間で%(hours)s時間)を過ぎて待っている質問が%(count)s件ありました。",
        "月末に、回答の目安(開庁時間で%(hours)s時間)を過ぎて待っている質問が%(count)s件ありました。",
        late,
    )
    words = {"hours": int(SERVICE_LEVEL.total_seconds() // HOUR), "count": f"{late:,}"}
    return [Statement("unanswered", Topic.RISK, text % words, min(80, 45 + late), reverse("commons:waiting"))]
