"""A 職員名簿 goes through the kernel's exchange: all of it or nothing, and twice the same is nothing."""

from datetime import date

import pytest

from yui.kernel.exchange.importers import ImportContext, ImportRow
from yui.kernel.policy import PermissionRefused
from yui.organisations.models import Department, Membership, User
from yui.organisations.roster import IMPORTER, RosterRowRefused, apply_rows, check_row, prepare, sign_in_id

pytestmark = pytest.mark.django_db
KEYS = [column.key for column in IMPORTER.columns]


def cells(**given):
    values = dict.fromkeys(KEYS)
    return {**values, "number": "10234", "name": "架空 花子", "role": "officer", **given}


def context_for(actor, organisation):
    return ImportContext(
        actor=actor, organisation=organisation, columns=frozenset(KEYS), data=prepare(actor, organisation)
    )


def apply(actor, organisation, *rows):
    numbered = [ImportRow(number, row) for number, row in enumerate(rows, start=2)]
    return apply_rows(actor, numbered, context_for(actor, organisation))


def test_people_departments_and_roles_are_made_and_a_second_time_changes_nothing(anna, minato, actor_of):
    actor = actor_of(anna)
    rows = [
        cells(division="総務部", section="情報政策課", kana="カクウ ハナコ", email="Hana@Ward.example"),
        cells(number="10235", name="架空 太郎", division="総務部", section="契約課", role="viewer"),
    ]
    first = apply(actor, minato, *rows)
    assert (first.created, first.updated, first.unchanged) == (2, 0, 0)
    person = User.objects.get(username="131032-10234")
    assert person.email == "hana@ward.example"
    membership = Membership.objects.owned_by(minato).get(user=person)
    assert membership.department.name == "情報政策課"
    assert membership.department.parent.name == "総務部"
    assert Department.objects.owned_by(minato).count() == 3
    again = apply(actor, minato, *rows)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)


def test_a_known_number_changes_role_and_name(anna, minato, actor_of):
    actor = actor_of(anna)
    apply(actor, minato, cells())
    result = apply(actor, minato, cells(name="架空 花江", role="auditor"))
    assert result.updated == 1
    person = User.objects.get(username="131032-10234")
    assert person.name_ja == "架空 花江"
    assert [m.role for m in Membership.objects.owned_by(minato).filter(user=person)] == ["auditor"]


def test_the_last_administrator_is_not_imported_away(anna, minato, actor_of):
    anna.username = "131032-1"
    anna.save()
    with pytest.raises(RosterRowRefused) as refused:
        apply(actor_of(anna), minato, cells(number="1", name=anna.name_ja, role="viewer"))
    assert "2行目" in refused.value.message


def test_officers_import_nobody(alice, minato, actor_of):
    with pytest.raises(PermissionRefused):
        apply(actor_of(alice), minato, cells())
    assert not User.objects.filter(username="131032-10234").exists()


def test_rows_are_checked_before(anna, charlie, minato, actor_of):
    context = context_for(actor_of(anna), minato)

    def columns_wrong(**given):
        return [str(error.column) for error in check_row(ImportRow(2, cells(**given)), context)]

    assert columns_wrong() == []
    assert columns_wrong(role="joint_staff") == ["役割"]
    assert columns_wrong(email=charlie.email) == ["メール"]
    assert columns_wrong(section="情報政策課") == ["部"]
    assert columns_wrong(valid_from=date(2026, 4, 1), last_day=date(2026, 3, 31)) == ["終了日"]


def test_a_number_becomes_the_id_of_its_organisation(minato):
    assert sign_in_id(minato, "１０２３４") == "131032-10234"
    assert sign_in_id(minato, "131032-10234") == "131032-10234"
