"""Check digits are computed, and the list of organisations is whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.official_codes import (
    JOINT_BODIES,
    TILES,
    WARDS,
    check_digit,
    is_valid_code,
    with_check_digit,
)
from yui.organisations.operations.ensure_organisations import ensure_organisations

five_digits = st.text("0123456789", min_size=5, max_size=5)


@pytest.mark.parametrize(("five", "six"), [("13101", "131016"), ("13103", "131032"), ("01100", "011002")])
def test_known_codes(five, six):
    assert with_check_digit(five) == six
    assert is_valid_code(six)


@given(five_digits)
def test_every_code_with_its_digit_is_valid_and_no_other_is(five):
    right = check_digit(five)
    assert [digit for digit in "0123456789" if is_valid_code(five + digit)] == [right]


@pytest.mark.parametrize("text", ["", "13101", "1310160", "13101６", "13101a", " 131016"])
def test_other_texts_are_not_codes(text):
    assert not is_valid_code(text)


@pytest.mark.parametrize("text", ["1310", "131016", "1310a", "１３１０１"])
def test_no_digit_for_what_is_not_five_digits(text):
    with pytest.raises(ValueError, match="five digits"):
        check_digit(text)


def test_all_wards_have_their_own_tile_and_a_valid_code():
    assert len(WARDS) == 23
    assert all(is_valid_code(ward.code) for ward in WARDS)
    assert len(set(TILES.values())) == 23


@pytest.mark.django_db
def test_ensuring_again_changes_nothing_and_mends_names(organisations):
    organisation = organisations["131032"]
    Organisation.objects.filter(pk=organisation.pk).update(name_en="Harbour")
    ensure_organisations()
    before = list(Organisation.objects.values_list())
    ensure_organisations(Actor.system("again"))
    assert list(Organisation.objects.values_list()) == before
    assert Organisation.objects.get(code="131032").name_en == "Minato City"
    assert Organisation.objects.count() == len(WARDS) + len(JOINT_BODIES)
