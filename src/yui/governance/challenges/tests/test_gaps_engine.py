"""What is missing in a logic model: found by kind, nothing twice, nothing that is there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.governance.challenges.engine.columns import Column, column_of, is_forward
from yui.governance.challenges.engine.gaps import Arrow, GapKind, Hole, Part, holes

WHOLE = [
    Part("c", Column.CHALLENGE),
    Part("i", Column.INITIATIVE),
    Part("o", Column.OUTPUT),
    Part("g", Column.KGI),
]
CHAIN = [Arrow("c", "i", 3), Arrow("i", "o", 1), Arrow("o", "g", 4)]


@st.composite
def models(draw):
    """Parts in any columns, and arrows that lead on."""
    columns = draw(st.lists(st.sampled_from(Column), min_size=1, max_size=10))
    parts = [
        Part(f"p{place}", column, draw(st.booleans()), draw(st.booleans()))
        for place, column in enumerate(columns)
    ]
    pairs = [(a, b) for a in parts for b in parts if is_forward(a.column, b.column)]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=15, unique=True)) if pairs else []
    return parts, [Arrow(a.key, b.key, draw(st.integers(0, 4))) for a, b in chosen]


def test_a_whole_chain_has_no_hole():
    assert holes(WHOLE, CHAIN) == ()


@pytest.mark.parametrize(
    ("parts", "arrows", "kinds"),
    [
        (WHOLE, CHAIN[1:], [GapKind.UNANSWERED, GapKind.ANSWERS_NOTHING]),
        (WHOLE, [CHAIN[0], CHAIN[2]], [GapKind.MOVES_NOTHING, GapKind.UNMOVED]),
        (WHOLE, CHAIN[:2], [GapKind.UNMOVED, GapKind.LEADS_NOWHERE]),
        ([Part("c", Column.CHALLENGE, is_founded=False), *WHOLE[1:]], CHAIN, [GapKind.UNFOUNDED]),
        ([*WHOLE[:3], Part("g", Column.KGI, has_data=False)], CHAIN, [GapKind.NO_DATA]),
        (WHOLE, [Arrow("c", "i"), *CHAIN[1:]], [GapKind.UNSUPPORTED]),
    ],
)
def test_each_thing_missing_is_found(parts, arrows, kinds):
    assert [hole.kind for hole in holes(parts, arrows)] == kinds


@given(models())
def test_holes_are_exactly_what_is_missing(model):
    parts, arrows = model
    found = holes(parts, arrows)
    assert len(set(found)) == len(found) and found == holes(parts, arrows)
    for part in parts:
        comes = any(arrow.target == part.key for arrow in arrows)
        leads = any(arrow.source == part.key for arrow in arrows)
        first, second = part.column is Column.CHALLENGE, part.column is Column.INITIATIVE
        expected = {
            GapKind.UNANSWERED: first and not leads,
            GapKind.UNFOUNDED: first and not part.is_founded,
            GapKind.ANSWERS_NOTHING: second and not comes,
            GapKind.MOVES_NOTHING: second and not leads,
            GapKind.UNMOVED: not first and not second and not comes,
            GapKind.LEADS_NOWHERE: not first and not second and part.column is not Column.KGI and not leads,
            GapKind.NO_DATA: not first and not part.has_data,
        }
        for kind, is_missing in expected.items():
            assert (Hole(kind, part.key) in found) == is_missing
    unsupported = [hole.arrow for hole in found if hole.kind is GapKind.UNSUPPORTED]
    assert unsupported == [place for place, arrow in enumerate(arrows) if not arrow.weight]


@given(models())
def test_one_more_arrow_opens_no_hole_but_its_own(model):
    parts, arrows = model
    if not arrows:
        return
    before, after = set(holes(parts, arrows[:-1])), set(holes(parts, arrows))
    assert {hole.kind for hole in after - before} <= {GapKind.UNSUPPORTED}


def test_columns_follow_the_level_of_an_indicator():
    assert column_of("KPI", "output") is Column.OUTPUT and column_of("KPI", "") is Column.OUTCOME
    assert column_of("KSI", "") is Column.KSI and column_of("KGI", "") is Column.KGI
    with pytest.raises(ValueError, match="no level"):
        column_of("KPX", "")
