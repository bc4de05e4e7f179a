"""Search keys: the ways in which one word is written are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.tables.normalise import normalise_key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("ｼｽﾃﾑ", "システム"),
        ("しすてむ", "システム"),
        ("ＡＢＣ　１２", "abc 12"),
        ("  住民 \n 記録 ", "住民 記録"),
        ("がっこう", "ガッコウ"),
        ("㈱ゆい", "(株)ユイ"),
    ],
)
def test_one_word_has_one_key(written, key):
    assert normalise_key(written) == key


@given(st.text())
def test_a_key_is_its_own_key(text):
    once = normalise_key(text)
    assert normalise_key(once) == once
