"""Stated facts, and the changes by which a record comes to them."""

from dataclasses import dataclass

import pytest
from django.core.exceptions import ValidationError

from yui.kernel.operations.facts import Facts
from yui.kernel.operations.saving import change_record, changes_to, save_values
from yui.kernel.scope.models import Organisation


@dataclass(frozen=True, kw_only=True)
class Names(Facts):
    """The names of an organisation."""

    name_ja: str
    name_en: str = ""


def _fresh(organisation):
    return Organisation.objects.get(pk=organisation.pk)


def test_facts_are_read_from_a_record_and_given_by_name():
    stated = Names(name_ja="港区", name_en="Minato")
    assert Names.names() == ("name_ja", "name_en")
    assert Names.of(Organisation(**stated.values())) == stated
    assert Names.among({**stated.values(), "code": "131032"}) == stated


def test_only_what_differs_from_the_stored_record_is_a_change(minato):
    values = Names(name_ja=minato.name_ja, name_en="New").values()
    assert changes_to(minato, values) == {"name_en": [minato.name_en, "New"]}
    assert minato.name_en != "New"


def test_every_value_of_a_new_record_is_a_change():
    values = Names(name_ja="港区").values()
    assert changes_to(Organisation(), values) == {"name_ja": [None, "港区"], "name_en": [None, ""]}


def test_values_are_saved_after_all_checks(minato):
    save_values(minato, {"name_en": "New"})
    assert _fresh(minato).name_en == "New"
    with pytest.raises(ValidationError):
        save_values(minato, {"code": "x"})
    assert _fresh(minato).code == "131032"


def test_a_record_that_holds_the_values_already_is_not_saved(minato):
    Organisation.objects.filter(pk=minato.pk).update(name_kana="ミナト")
    assert change_record(minato, {"name_ja": minato.name_ja}) == {}
    assert _fresh(minato).name_kana == "ミナト"
