"""Names and corporate numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.registry.engine.corporate_number import check_digit, is_corporate_number
from yui.registry.engine.names import fold_width, name_key


@pytest.mark.parametrize("number", ["7000012050002", "8000012010038"])
def test_published_numbers_of_public_bodies_pass(number):
    assert is_corporate_number(number)


@given(st.text("0123456789", min_size=12, max_size=12))
def test_exactly_one_check_digit_fits(base):
    fitting = [digit for digit in "0123456789" if is_corporate_number(digit + base)]
    assert fitting == [str(check_digit(base))]


@pytest.mark.parametrize("text", ["", "123", "７000012050002", "70000120500022", "700001205000a"])
def test_what_is_no_number_is_refused(text):
    assert not is_corporate_number(text)


def test_a_base_of_the_wrong_length_is_a_programming_error():
    with pytest.raises(ValueError, match="twelve digits"):
        check_digit("123")


def test_two_spellings_of_a_name_have_one_key():
    assert name_key("ＡＩ　議事録 システム") == name_key("ai議事録システム")


def test_folding_keeps_the_reading_form():
    assert fold_width(" ＡＩ　議事録  Ｖ２ ") == "AI 議事録 V2"
