"""Registering, changing and retiring systems."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.operations.saving import SameValueMeanwhile, save_checked
from yui.kernel.policy import PermissionRefused
from yui.kernel.scope.querysets import unscoped_allowed
from yui.organisations.models import Department
from yui.registry.errors import AlreadyRetired, OtherOrganisation
from yui.registry.facts import SystemFacts
from yui.registry.models import InformationSystem
from yui.registry.operations import register_system, retire_system, update_system

FACTS = SystemFacts(
    code="MN-100", name="文書管理システム", category="internal", hosting="on_premises", network_zone="lgwan"
)


def errors_of(call, *args, **kwargs):
    with pytest.raises(ValidationError) as caught:
        call(*args, **kwargs)
    return " ".join(caught.value.messages)


def test_an_officer_registers_a_system_and_the_ledger_remembers(alice, actor_of, minato):
    system = register_system(actor_of(alice), organisation=minato, facts=FACTS)

    entry = history_of(urn("registry.system", system.pk))[0]
    assert entry.verb == "registry.system.register"
    assert entry.changes["name"] == [None, "文書管理システム"]
    assert "purpose" not in entry.changes


@pytest.mark.parametrize("person", ["bob", "audrey", "charlie", "jun"])
def test_others_may_not_register_systems_of_the_ward(request, person, actor_of, minato):
    with pytest.raises(PermissionRefused):
        register_system(actor_of(request.getfixturevalue(person)), organisation=minato, facts=FACTS)


def test_a_code_is_used_once_in_a_ward_and_again_in_another(system_actor, minato, shinjuku):
    register_system(system_actor, organisation=minato, facts=FACTS)
    message = errors_of(register_system, system_actor, organisation=minato, facts=FACTS)
    assert "別のコード" in message
    register_system(system_actor, organisation=shinjuku, facts=FACTS)


def test_a_second_writer_who_passed_the_checks_meanwhile_is_told(system, minato, monkeypatch):
    late = InformationSystem(organisation=minato, **replace(FACTS, code=system.code).values())
    monkeypatch.setattr(late, "full_clean", lambda: None)
    with pytest.raises(SameValueMeanwhile):
        save_checked(late)


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"category": "standard"}, "標準化対象業務"),
        ({"cloud_provider": "aws"}, "ガバメントクラウド"),
        ({"confidentiality": 4}, "選択肢"),
        ({"status": "retired"}, "廃止日"),
        ({"retired_on": date(2026, 3, 31)}, "廃止日"),
        (
            {"status": "retired", "started_on": date(2026, 4, 1), "retired_on": date(2026, 3, 31)},
            "稼働日",
        ),
        ({"code": "港 1"}, "半角"),
        ({"name": ""}, "この"),
    ],
)
def test_what_breaks_a_rule_is_refused_in_words(system_actor, minato, facts, word):
    assert word in errors_of(
        register_system, system_actor, organisation=minato, facts=replace(FACTS, **facts)
    )


def test_the_database_itself_refuses_a_standard_system_without_its_area(system):
    with unscoped_allowed("test"), pytest.raises(IntegrityError), transaction.atomic():
        InformationSystem.objects.filter(pk=system.pk).update(category="standard")


def test_a_department_of_another_ward_cannot_own_a_system(system_actor, minato, shinjuku):
    department = Department.objects.create(
        organisation=shinjuku, code="10", name="情報課", valid_from=date(2020, 4, 1)
    )
    with pytest.raises(OtherOrganisation):
        register_system(system_actor, organisation=minato, facts=replace(FACTS, department=department))


def test_an_update_records_only_what_changed(alice, actor_of, system):
    facts = replace(SystemFacts.of(system), name="新しい名前", rto_hours=24)

    assert update_system(actor_of(alice), system=system, facts=facts)

    changes = history_of(urn("registry.system", system.pk))[0].changes
    assert changes == {"name": ["試験システムMN-001", "新しい名前"], "rto_hours": [None, 24]}


def test_an_update_without_a_change_writes_nothing(alice, actor_of, system):
    before = len(history_of(urn("registry.system", system.pk)))
    assert not update_system(actor_of(alice), system=system, facts=SystemFacts.of(system))
    assert len(history_of(urn("registry.system", system.pk))) == before


def test_an_update_compares_with_what_is_stored_not_with_what_the_caller_holds(alice, actor_of, system):
    system.name = "画面で書き換えた名前"
    assert update_system(actor_of(alice), system=system, facts=SystemFacts.of(system))
    changes = history_of(urn("registry.system", system.pk))[0].changes
    assert changes["name"][0] == "試験システムMN-001"


def test_a_system_is_retired_once(alice, actor_of, system):
    retire_system(actor_of(alice), system=system, retired_on=date(2026, 3, 31))
    with pytest.raises(AlreadyRetired):
        retire_system(actor_of(alice), system=system, retired_on=date(2026, 3, 31))


def test_a_stranger_changes_nothing(charlie, actor_of, system):
    with pytest.raises(PermissionRefused):
        update_system(actor_of(charlie), system=system, facts=replace(SystemFacts.of(system), name="他"))
    with pytest.raises(PermissionRefused):
        retire_system(actor_of(charlie), system=system, retired_on=date(2026, 3, 31))
