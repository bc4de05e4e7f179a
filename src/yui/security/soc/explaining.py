"""What the joint CSIRT says of a month: incidents and how fast they were contained, and papers due by law."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from yui.kernel.calendar_jp import TOKYO, Month, Period, now
from yui.kernel.explanations.registry import Statement, Topic, explainer, looked_up_once
from yui.kernel.measures.values import Measure, MeasureScope
from yui.kernel.policy import Actor
from yui.security.soc.measure_counts import serious_incidents
from yui.security.soc.measures import mean_time_to_contain
from yui.security.soc.models import Duty
from yui.security.soc.queries.incidents.figures import WHY
from yui.security.soc.queries.incidents.papers import OPEN_STATES

NEAR = timedelta(days=7)


@explainer(code="soc", title=gettext_lazy("共同CSIRT/SOC"), pillar=2)
def explain(actor: Actor, scope: MeasureScope, month: Month) -> Sequence[Statement]:
    """Say in numbers how many serious incidents there were, how long containing took, and what is due by law.

    No incident, victim or system is named.
    """
    return [*_incidents(scope, month), *_duties(actor, scope, month)]


def _incidents(scope: MeasureScope, month: Month) -> list[Statement]:
    """Tell the figures that the indicators show; nothing where nobody looked for incidents."""
    serious, contained = _figures(scope, Period.of_month(month))
    found, url = [], reverse("soc:incidents")
    if serious is not None and serious.value:
        text = ngettext(
            "重大なセキュリティインシデントが%(count)s件ありました。",
            "重大なセキュリティインシデントが%(count)s件ありました。",
            int(serious.value),
        )
        words = {"count": f"{int(serious.value):,}"}
        found.append(Statement("serious", Topic.RISK, text % words, 95, url, "soc.serious_incidents"))
    elif serious is not None:
        text = _("重大なセキュリティインシデントはありませんでした。")
        found.append(Statement("none_serious", Topic.CHANGE, text, 40, url, "soc.serious_incidents"))
    if contained is not None:
        text = _(
            "この月に封じ込めたインシデントは%(count)s件で、検知から封じ込めまで平均%(hours)s時間でした。"
        )
        words = {"count": f"{contained.records or 0:,}", "hours": f"{contained.value:,.1f}"}
        found.append(Statement("contained", Topic.CHANGE, text % words, 60, url, "soc.mean_time_to_contain"))
    return found


@looked_up_once
def _figures(scope: MeasureScope, period: Period) -> tuple[Measure | None, Measure | None]:
    """Return the serious incidents and the mean time to contain."""
    return serious_incidents(scope, period), mean_time_to_contain(scope, period)


def _duties(actor: Actor, scope: MeasureScope, month: Month) -> list[Statement]:
    """Count the papers due by law that are open at the month's end and due within a week of it."""
    end = min(datetime.combine(month.next().first_day, time(0), TOKYO), now())
    duties = Duty.objects.all()
    if scope.organisation is None:
        duties = duties.unscoped(WHY)
    else:
        duties = duties.visible_to(actor).filter(incident__organisation=scope.organisation)
    count = duties.filter(state__in=OPEN_STATES, due_at__lte=end + NEAR, incident__is_exercise=False).count()
    if not count:
        return []
    text = ngettext(
        "法令などで期限のある報告のうち、期限が近いか過ぎたものが%(count)s件あります。",
        "法令などで期限のある報告のうち、期限が近いか過ぎたものが%(count)s件あります。",
        count,
    )
    words = {"count": f"{count:,}"}
    return [Statement("duties", Topic.RISK, text % words, 90, reverse("soc:incidents"))]
