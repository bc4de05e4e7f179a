"""What the costs say of a month: what moved the bills, and which changes nobody has explained."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from yui.kernel.calendar_jp import Month
from yui.kernel.explanations.registry import Statement, Topic, explainer, looked_up_once
from yui.kernel.measures.values import MeasureScope
from yui.kernel.money import format_yen
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet
from yui.transition.costs.engine.bridge import Effect
from yui.transition.costs.models import CostAnomaly
from yui.transition.costs.models.anomaly import STILL_TO_DO
from yui.transition.costs.queries.bridge import Answer, Question, Span, bridge_for
from yui.transition.costs.wording import EFFECT_NAMES

WHY = "joint figures count the anomalies of all wards and name none"
MOST_EFFECTS = 3
LEAST_SHARE = 20
"""An effect is told where it is at least one part in so many of the largest."""


@explainer(code="costs", title=gettext_lazy("運用コスト"), pillar=1)
def explain(actor: Actor, scope: MeasureScope, month: Month) -> Sequence[Statement]:
    """Say by how much the bills changed against the month before and for which reasons, and what is unclear.

    Jointly as sums over all wards; of a ward only what the actor may see.
    """
    return [*_change(actor, scope, month), *_unexplained(actor, scope, month)]


def _change(actor: Actor, scope: MeasureScope, month: Month) -> list[Statement]:
    """Tell the largest effects of the bridge between the two months; nothing without bills in both."""
    ward = scope.organisation.code if scope.organisation else ""
    reader = actor if ward else Actor.system("joint sums of all wards")
    question = Question(Span(month.previous(), month.previous()), Span(month, month), ward=ward)
    answer = _bridge(reader, question)
    if answer.bridge is None:
        return []
    total = answer.bridge.total()
    change = total.after - total.before
    if not total.before or not total.after or not change:
        return []
    words = {"after": format_yen(total.after), "change": _signed(change), "reasons": _reasons(total.effects)}
    text = _("請求額は%(after)s(前月比%(change)s)でした。おもな理由: %(reasons)s。") % words
    share = abs(change) * 100 // total.before
    return [Statement("bill", Topic.CHANGE, text, min(95, 50 + share), reverse("costs:bridge"))]


@looked_up_once
def _bridge(reader: Actor, question: Question) -> Answer:
    """Return the bridge of a month."""
    return bridge_for(reader, question)


def _reasons(effects: dict[Effect, int]) -> str:
    """Return the largest effects with their amounts, those left out that hardly count."""
    largest = sorted(effects.items(), key=lambda pair: -abs(pair[1]))[:MOST_EFFECTS]
    told = [pair for pair in largest if abs(pair[1]) * LEAST_SHARE >= abs(largest[0][1]) and pair[1]]
    return pgettext("separator", "、").join(
        f"{EFFECT_NAMES[effect]} {_signed(amount)}" for effect, amount in told
    )


def _signed(amount: int) -> str:
    return f"{'+' if amount > 0 else '−'}{format_yen(abs(amount))}"


def _unexplained(actor: Actor, scope: MeasureScope, month: Month) -> list[Statement]:
    """Count the unusual changes up to the month's end that nobody has explained."""
    records: ScopedQuerySet = CostAnomaly.objects.all()
    if scope.organisation is None:
        records = records.unscoped(WHY)
    else:
        records = records.visible_to(actor).filter(organisation=scope.organisation)
    count = records.filter(state__in=STILL_TO_DO, period__lt=str(month.next())).count()
    if not count:
        return []
    text = ngettext(
        "説明のついていない増減が%(count)s件あります。",
        "説明のついていない増減が%(count)s件あります。",
        count,
    )
    weight = min(85, 50 + count)
    return [
        Statement(
            "unexplained", Topic.RISK, text % {"count": f"{count:,}"}, weight, reverse("costs:anomalies")
        )
    ]
