"""Nobody gets more than was given: roles, other wards, shared people, the last administrator."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from yui.kernel.calendar_jp import today
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import PermissionRefused, Role
from yui.organisations.errors import (
    CheckDigitWrong,
    DepartmentElsewhere,
    LastAdministrator,
    PersonKnownOtherwise,
    RoleHeldAlready,
    RoleNotOffered,
    SharedPerson,
)
from yui.organisations.models import Department, Membership
from yui.organisations.operations.change_membership import change_membership
from yui.organisations.operations.create_organisation import create_organisation
from yui.organisations.operations.edit_person import edit_person
from yui.organisations.operations.end_membership import end_membership
from yui.organisations.operations.grant_role import grant_role
from yui.organisations.operations.invite_member import Person, invite_member
from yui.organisations.operations.make_password_link import make_password_link
from yui.organisations.operations.reset_second_factor import reset_second_factor
from yui.organisations.operations.save_department import save_department

pytestmark = pytest.mark.django_db
START = date(2024, 4, 1)


def membership_of(person, organisation):
    return Membership.objects.owned_by(organisation).filter(user=person).get()


def change(actor, membership, role, valid_to=None):
    return change_membership(
        actor, membership=membership, role=role, department=None, valid_from=START, valid_to=valid_to
    )


@pytest.mark.parametrize("who", ["alice", "bob", "audrey", "charlie", "shin_admin", "jun"])
def test_only_administrators_give_roles(who, request, minato, bob, anna, actor_of):
    person = request.getfixturevalue(who)
    with pytest.raises(PermissionRefused):
        grant_role(
            actor_of(person), person=person, organisation=minato, role="administrator",
            department=None, valid_from=START,
        )  # fmt: skip
    with pytest.raises(PermissionRefused):
        change(actor_of(person), membership_of(bob, minato), "administrator")
    assert membership_of(bob, minato).role == Role.VIEWER


@pytest.mark.parametrize("name", ["member", "member_edit", "role_new"])
@pytest.mark.parametrize(("who", "status"), [("shin_admin", 404), ("charlie", 404), ("alice", None)])
def test_pages_of_another_wards_member(name, who, status, request, client_of, minato, bob):
    address = reverse(f"organisations:{name}", args=[minato.code, bob.pk])
    expected = status or (200 if name == "member" else 403)
    assert client_of(request.getfixturevalue(who)).get(address).status_code == expected


def test_a_members_key_does_not_open_under_another_organisation(client_of, shin_admin, shinjuku, bob, minato):
    client = client_of(shin_admin)
    foreign = membership_of(bob, minato)
    assert client.get(reverse("organisations:member", args=[shinjuku.code, bob.pk])).status_code == 404
    own = reverse("organisations:role_end", args=[shinjuku.code, shin_admin.pk, foreign.pk])
    assert client.post(own).status_code == 404
    assert membership_of(bob, minato).valid_to is None


def test_wards_do_not_offer_the_role_of_joint_staff(anna, bob, minato, actor_of):
    with pytest.raises(RoleNotOffered):
        change(actor_of(anna), membership_of(bob, minato), "joint_staff")
    with pytest.raises(RoleNotOffered):
        change(actor_of(anna), membership_of(bob, minato), "emperor")


def test_the_last_administrator_stays(anna, bob, minato, actor_of):
    mine = membership_of(anna, minato)
    for attempt in (
        lambda: end_membership(actor_of(anna), membership=mine),
        lambda: change(actor_of(anna), mine, "officer"),
        lambda: change(actor_of(anna), mine, "administrator", valid_to=today() + timedelta(days=30)),
    ):
        with pytest.raises(LastAdministrator):
            attempt()
    change(actor_of(anna), membership_of(bob, minato), "administrator")
    end_membership(actor_of(anna), membership=mine)
    assert not membership_of(anna, minato).is_valid_on(today())


def test_a_closed_account_is_no_administrator(anna, bob, minato, actor_of):
    change(actor_of(anna), membership_of(bob, minato), "administrator")
    bob.is_active = False
    bob.save()
    with pytest.raises(LastAdministrator):
        end_membership(actor_of(anna), membership=membership_of(anna, minato))


def test_an_ended_role_grants_nothing_in_a_live_session(client_of, anna, alice, minato, actor_of):
    client = client_of(alice)
    address = reverse("organisations:members", args=[minato.code])
    assert client.get(address).status_code == 200
    end_membership(actor_of(anna), membership=membership_of(alice, minato))
    assert client.get(address).status_code == 403
    assert not actor_of(alice).is_member


def test_roles_count_from_their_first_day_to_the_day_before_the_end(member, minato, actor_of):
    person = member("Rin", minato, "officer")
    row = membership_of(person, minato)
    for valid_from, valid_to, counts in [
        (today(), None, True),
        (today() + timedelta(days=1), None, False),
        (START, today(), False),
        (START, today() + timedelta(days=1), True),
    ]:
        row.valid_from, row.valid_to = valid_from, valid_to
        row.save()
        assert actor_of(person).is_member is counts


def test_the_actor_costs_one_query(alice, actor_of, django_assert_num_queries):
    with django_assert_num_queries(1):
        actor_of(alice)


def test_an_administrator_cannot_take_over_a_person_who_works_elsewhere_too(
    anna, charlie, minato, shinjuku, actor_of
):
    actor = actor_of(anna)
    person = Person(charlie.username, charlie.name_ja)
    invite_member(actor, organisation=minato, person=person, role="viewer", department=None, valid_from=START)
    with pytest.raises(SharedPerson):
        make_password_link(actor, user=charlie, organisation=minato)
    with pytest.raises(SharedPerson):
        reset_second_factor(actor, user=charlie, organisation=minato)
    with pytest.raises(SharedPerson):
        edit_person(actor, user=charlie, organisation=minato, person=Person(charlie.username, "X"))
    charlie.refresh_from_db()
    assert charlie.name_ja == "Charlie"


def test_inviting_somebody_elses_id_or_address_is_refused(anna, charlie, minato, actor_of):
    for person in (Person(charlie.username, "Another"), Person("new-1", "New", email=charlie.email.upper())):
        with pytest.raises(PersonKnownOtherwise):
            invite_member(
                actor_of(anna), organisation=minato, person=person, role="viewer",
                department=None, valid_from=START,
            )  # fmt: skip


def test_a_role_is_held_once_and_taken_up_again_after_its_end(anna, bob, minato, actor_of):
    actor = actor_of(anna)
    give = {"person": bob, "organisation": minato, "role": "viewer", "department": None}
    give["valid_from"] = today()
    with pytest.raises(RoleHeldAlready):
        grant_role(actor, **give)
    end_membership(actor, membership=membership_of(bob, minato))
    assert grant_role(actor, **give).is_valid_on(today())


def test_departments_stay_a_tree_within_the_organisation(anna, minato, shinjuku, actor_of):
    actor = actor_of(anna)
    fields = {"organisation": minato, "valid_from": START, "valid_to": None}
    top = save_department(actor, department=None, code="1", name="部", parent=None, **fields)
    low = save_department(actor, department=None, code="11", name="課", parent=top, **fields)
    foreign = Department.objects.create(organisation=shinjuku, code="1", name="部", valid_from=START)
    for parent in (low, top, foreign):
        with pytest.raises(DepartmentElsewhere):
            save_department(actor, department=top, code="1", name="部", parent=parent, **fields)
    with pytest.raises(DepartmentElsewhere):
        save_department(actor, department=foreign, code="2", name="盗", parent=None, **fields)


def test_the_secretariat_administers_joint_bodies_only(sec_admin, jun, soc, minato, bob, actor_of, client_of):
    actor = actor_of(sec_admin)
    change(actor, membership_of(jun, soc), "administrator")
    with pytest.raises(PermissionRefused):
        change(actor, membership_of(bob, minato), "officer")
    client = client_of(sec_admin)
    assert client.get(reverse("organisations:members", args=[soc.code])).status_code == 200
    assert client.get(reverse("organisations:members", args=[minato.code])).status_code == 404


def test_only_the_secretariat_creates_organisations(sec_admin, anna, actor_of):
    fields = {"kind": "municipality", "name_ja": "架空市", "name_en": "Kakuu", "name_kana": "カクウシ"}
    with pytest.raises(PermissionRefused):
        create_organisation(actor_of(anna), code="132012", **fields)
    with pytest.raises(CheckDigitWrong):
        create_organisation(actor_of(sec_admin), code="132013", **fields)
    assert create_organisation(actor_of(sec_admin), code="132012", **fields).pk


def test_changes_of_roles_are_in_the_ledger_of_the_organisation(anna, bob, minato, actor_of):
    change(actor_of(anna), membership_of(bob, minato), "auditor")
    entry = Entry.objects.get(organisation_code=minato.code, verb="organisations.role.change")
    assert entry.content["changes"]["role"] == ["viewer", "auditor"]
    assert entry.actor.startswith(f"user:{anna.pk}|")
