"""Practices in every state, made through the operations."""

from datetime import date, timedelta
from decimal import Decimal

from yui.kernel.calendar_jp import today
from yui.people.practices.models import Verdict
from yui.people.practices.operations.adoptions import begin_adoption, record_step
from yui.people.practices.operations.practices import (
    decide_review,
    draft_practice,
    submit_practice,
    take_review,
)
from yui.people.practices.operations.practices.facts import EffectFacts, HeaderFacts, WordingFacts

MINUTES = EffectFacts(
    name="転記にかかる時間",
    unit="minutes_per_case",
    before=Decimal(12),
    after=Decimal(3),
    volume_per_year=4000,
    grade="measured",
    measured_on=date(2026, 6, 1),
    method="2週間の記録",
)


def wording(**changes):
    """Return a whole text."""
    texts = {
        "title": "申請書の転記をやめる",
        "problem": "同じ内容を三つの台帳に書いていました。",
        "approach": "台帳を一つにまとめました。",
        "effect_note": "1件あたりの時間を測りました。",
        "preconditions": "表計算ソフトがあること。",
        "reuse_steps": "1. 様式を写します。",
        "pitfalls": "はじめは入力漏れが増えました。",
        "effects": (MINUTES,),
    }
    return WordingFacts(**(texts | changes))


def header(**changes):
    """Return what is said beside the text."""
    facts = {"contact": "戸籍住民課 代表", "expires_on": today() + timedelta(days=700)}
    return HeaderFacts(**(facts | changes))


def drafted(actor, ward, **changes):
    """Return a draft of the ward; ``changes`` go to text or header by their name."""
    heads = {name: changes.pop(name) for name in list(changes) if name in HeaderFacts.__annotations__}
    return draft_practice(actor, organisation=ward, wording=wording(**changes), header=header(**heads))


def in_review(actor, ward, **changes):
    """Return a practice that waits for a colleague of another ward."""
    practice = drafted(actor, ward, **changes)
    submit_practice(actor, practice=practice)
    practice.refresh_from_db()
    return practice


def published(actor, ward, reviewer, **changes):
    """Return a practice that ``reviewer`` of another ward let through."""
    practice = in_review(actor, ward, **changes)
    review = take_review(reviewer, practice=practice)
    decide_review(reviewer, review=review, verdict=Verdict.PUBLISH)
    practice.refresh_from_db()
    return practice


def introduced(actor, practice, ward, *, days=20):
    """Return an adoption of the practice that the ward works with."""
    start = today() - timedelta(days=days)
    adoption = begin_adoption(actor, practice=practice, ward=ward, on=start)
    return record_step(actor, adoption=adoption, state="introduced", on=today())
