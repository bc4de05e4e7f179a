"""How close the words of a question stand in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.search.engine.closeness import WIDTH, closeness, weight_of

WEIGHTS = {"水": 1.0, "火": 2.0, "風土": 4.0}


@given(st.lists(st.sampled_from(["水", "火", "風土", "。" * 20, "。" * WIDTH]), max_size=12))
def test_it_is_the_heaviest_window_of_different_words(pieces):
    text = "".join(pieces)
    starts = [(at, word) for word in WEIGHTS for at in range(len(text)) if text.startswith(word, at)]
    windows = [{word for at, word in starts if begin <= at <= begin + WIDTH} for begin, _word in starts]
    assert closeness(text, WEIGHTS) == max(
        (sum(WEIGHTS[word] for word in held) for held in windows), default=0
    )


def test_upper_and_lower_case_are_one():
    assert closeness("LGWANの回線", {"lgwan": 3.0}) == 3.0


@pytest.mark.parametrize("text", ["", "空", "\x00"])
def test_nothing_is_close_to_nothing(text):
    assert closeness(text, WEIGHTS) == closeness("水火", {}) == 0


def test_only_the_beginning_of_a_very_long_text_is_read():
    assert closeness("。" * 4000 + "水", WEIGHTS) == 0


def test_a_rare_word_tells_more():
    assert weight_of(1, 1000) > weight_of(500, 1000) > weight_of(1000, 1000) > 0
