"""What a figure does to those that are known: the newest retrieval decides, in whatever order files come."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.governance.statistics.engine.revision import Effect, Known, effect_of

DAY = date(2026, 6, 1)


def taken_in(statements):
    """Keep figures as the store does; statements are pairs of content and day."""
    known: list[Known] = []
    effects = []
    for content, day in statements:
        retrieved_on = DAY + timedelta(days=day)
        effect = effect_of(content, retrieved_on, known)
        effects.append(effect)
        if effect is Effect.CONFIRMED:
            known = [
                Known(
                    each.key,
                    each.content,
                    retrieved_on if each.is_current else each.confirmed_on,
                    each.is_current,
                )
                for each in known
            ]
        if effect is Effect.CHANGED:
            known = [replace(each, is_current=False) for each in known]
        if effect in (Effect.NEW, Effect.CHANGED, Effect.OLDER):
            known.append(Known(len(known), content, retrieved_on, effect is not Effect.OLDER))
    return known, effects


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=7), st.data())
def test_any_order_gives_what_the_newest_retrieval_said(said, data):
    statements = data.draw(st.permutations(list(zip(said, range(len(said)), strict=True))))
    known, _effects = taken_in(statements)
    (current,) = [each for each in known if each.is_current]
    assert current.content == said[-1]
    assert current.confirmed_on == DAY + timedelta(days=len(said) - 1)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), min_size=1, max_size=8))
def test_what_was_taken_in_once_is_known(statements):
    _known, effects = taken_in([*statements, statements[-1]])
    assert effects[-1] is Effect.KNOWN


@pytest.mark.parametrize(
    ("statements", "effect"),
    [
        ([("a", 0)], Effect.NEW),
        ([("a", 0), ("b", 1)], Effect.CHANGED),
        ([("a", 0), ("b", 0)], Effect.CHANGED),
        ([("a", 0), ("b", 0), ("a", 0)], Effect.KNOWN),
        ([("a", 0), ("a", 1)], Effect.CONFIRMED),
        ([("a", 1), ("a", 0)], Effect.KNOWN),
        ([("a", 1), ("b", 0)], Effect.OLDER),
        ([("a", 1), ("b", 0), ("b", 0)], Effect.KNOWN),
        ([("a", 0), ("b", 1), ("a", 2)], Effect.CHANGED),
    ],
)
def test_each_effect(statements, effect):
    assert taken_in(statements)[1][-1] is effect
