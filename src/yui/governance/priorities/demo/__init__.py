"""Makes the article's three pillars and nine initiatives as sets, with scores that are made up (架空)."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations
from random import Random

from yui.governance.priorities.demo.words import INITIATIVES, NOTES, PILLARS, TYPED, DemoOption
from yui.governance.priorities.facts import ARTICLE_CRITERIA, ScoreFacts, SetFacts
from yui.governance.priorities.models import Criterion, PrioritySet
from yui.governance.priorities.operations import (
    begin_deliberation,
    compare_criteria,
    make_set,
    repeat_round,
    save_option,
    score_option,
    set_weights,
)
from yui.kernel.demonstration import Demonstration
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.kernel.scope.querysets import unscoped_allowed
from yui.organisations.public import SECRETARIAT_CODE

REASON = "架空の点数です。記事は点数を示していません。"
PARTS = {"fairness": 30, "speed": 28, "feasibility": 26, "cost": 24, "evidence": 16}
"""About how much a ward gives each criterion, before its own leaning."""


def seed(demo: Demonstration) -> None:
    """Make both sets under deliberation: the pillars in the second round, the initiatives in the first."""
    random = demo.random_for("priorities")
    secretariat = Organisation.objects.get(code=SECRETARIAT_CODE)
    with unscoped_allowed("demonstration data"):
        pillars = _make(
            demo.actor,
            secretariat,
            SetFacts(
                "pillars",
                "3つの支援策の優先順位",
                "記事の3つの支援策のうち、どれから力を入れるか。",
                is_illustrative=True,
            ),
            PILLARS,
        )
        _weigh(demo.actor, pillars, demo.wards[:6], random)
        repeat_round(
            demo.actor, priority_set=pillars, reason="架空: 参加する区が増えたため、もう一度審議します。"
        )
        _weigh(demo.actor, pillars, demo.wards[6:14], random)
        initiatives = _make(
            demo.actor,
            secretariat,
            SetFacts(
                "initiatives",
                "9つの主な取組の優先順位",
                "記事の9つの主な取組のうち、どれから始めるか。",
                is_illustrative=True,
            ),
            INITIATIVES,
        )
        _weigh(demo.actor, initiatives, demo.wards[:5], random)


def _make(
    actor: Actor, secretariat: Organisation, facts: SetFacts, options: Sequence[DemoOption]
) -> PrioritySet:
    """Make a set with its options and scores, and begin its deliberation."""
    made = make_set(actor, organisation=secretariat, facts=facts)
    criteria = {each.code: each for each in Criterion.objects.owned_by(secretariat).filter(priority_set=made)}
    for each in options:
        option = save_option(actor, priority_set=made, facts=each.facts)
        for code, value, width in zip(TYPED, each.scores, each.widths, strict=True):
            score = ScoreFacts(Decimal(value), Decimal(width), REASON, each.evidence.get(code, ()))
            score_option(actor, priority_set=made, option=option, criterion=criteria[code], facts=score)
    begin_deliberation(actor, priority_set=made)
    return made


def _weigh(actor: Actor, priority_set: PrioritySet, wards: Sequence[Organisation], random: Random) -> None:
    """Give each ward weights with a leaning of its own; every fourth one compares in pairs."""
    codes = [each.code for each in ARTICLE_CRITERIA]
    for place, ward in enumerate(wards):
        parts = {code: Decimal(max(2, round(random.gauss(PARTS[code], 9)))) for code in codes}
        note = f"架空: {text}" if (text := random.choice(NOTES)) else ""
        if place % 4 == 3:
            compared = {(a, b): _times(parts[a] / parts[b]) for a, b in combinations(codes, 2)}
            compare_criteria(actor, priority_set=priority_set, ward=ward, comparisons=compared, note=note)
        else:
            set_weights(actor, priority_set=priority_set, ward=ward, parts=parts, note=note)


def _times(ratio: Decimal) -> Decimal:
    """Return a ratio on the scale on which people compare: 1, 2, 3, 5, 7 or 9 times, or its inverse."""
    scale = [Decimal(times) for times in (1, 2, 3, 5, 7, 9)]
    larger = ratio if ratio >= 1 else 1 / ratio
    nearest = min(scale, key=lambda each: abs(each - larger))
    return nearest if ratio >= 1 else 1 / nearest
