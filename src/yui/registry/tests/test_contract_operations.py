"""Vendors and contracts."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.policy import PermissionRefused
from yui.registry.errors import OtherOrganisation
from yui.registry.facts import ContractFacts
from yui.registry.models import Contract
from yui.registry.operations import add_contract, register_vendor, update_contract


def test_a_vendor_is_one_for_all_wards(charlie, actor_of, minato, shinjuku, vendor):
    with pytest.raises(ValidationError):
        register_vendor(actor_of(charlie), organisation=shinjuku, name="架空ベンダーＡ社")


def test_a_vendor_with_a_wrong_check_digit_is_refused(alice, actor_of, minato):
    with pytest.raises(ValidationError, match="チェックデジット"):
        register_vendor(
            actor_of(alice), organisation=minato, name="架空ベンダーB社", corporate_number="1000012050002"
        )


def test_a_number_written_full_width_is_understood(alice, actor_of, minato):
    found = register_vendor(
        actor_of(alice),
        organisation=minato,
        name="架空ベンダーB社",
        corporate_number="７００００１２０５０００２",
    )
    assert found.corporate_number == "7000012050002"


@pytest.mark.parametrize("person", ["bob", "charlie"])
def test_others_may_not_touch_contracts(request, person, actor_of, minato, contract):
    actor = actor_of(request.getfixturevalue(person))
    facts = ContractFacts.of(contract)
    with pytest.raises(PermissionRefused):
        add_contract(actor, organisation=minato, facts=replace(facts, number="X"))
    with pytest.raises(PermissionRefused):
        update_contract(actor, contract=contract, facts=replace(facts, number="X"))


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"ends_on": date(2026, 3, 31)}, "終了日"),
        ({"total_yen": -1}, "0"),
        ({"number": "R8-001"}, "契約番号"),
    ],
)
def test_a_contract_that_breaks_a_rule_is_refused(alice, actor_of, minato, contract, facts, word):
    changed = replace(ContractFacts.of(contract), **({"number": "R8-002"} | facts))
    with pytest.raises(ValidationError, match=word):
        add_contract(actor_of(alice), organisation=minato, facts=changed)


def test_a_contract_is_for_systems_of_its_own_ward(alice, actor_of, minato, shinjuku, contract, make_system):
    other = make_system("SJ-001", organisation=shinjuku)
    facts = replace(ContractFacts.of(contract), systems=frozenset({other}))
    with pytest.raises(OtherOrganisation):
        update_contract(actor_of(alice), contract=contract, facts=facts)


def test_changed_systems_are_in_the_history(alice, actor_of, contract, system, make_system):
    second = make_system("MN-002")
    facts = replace(ContractFacts.of(contract), systems=frozenset({system, second}))

    assert update_contract(actor_of(alice), contract=contract, facts=facts)
    assert not update_contract(actor_of(alice), contract=contract, facts=facts)

    changes = history_of(urn("registry.contract", contract.pk))[0].changes
    assert changes == {
        "systems": [["MN-001 試験システムMN-001"], ["MN-001 試験システムMN-001", "MN-002 試験システムMN-002"]]
    }


def test_a_contract_is_in_force_on_its_first_and_last_day(contract, alice, actor_of):
    seen = Contract.objects.visible_to(actor_of(alice))
    assert seen.in_force_on(date(2026, 4, 1)).exists()
    assert seen.in_force_on(date(2027, 3, 31)).exists()
    assert not seen.in_force_on(date(2027, 4, 1)).exists()
    assert contract.notice_on == date(2026, 10, 2)
