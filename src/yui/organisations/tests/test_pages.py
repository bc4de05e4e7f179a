"""Every page of the room answers each role as it should, and forms do what they say."""

from datetime import date

import pytest
from django.core.management import CommandError
from django.urls import reverse

from yui.organisations.commands import administrator, password_link
from yui.organisations.models import Department, Membership, User

pytestmark = pytest.mark.django_db

FOR_MEMBERS = ["organisation", "departments", "members"]
FOR_ADMINISTRATORS = ["department_new", "member_new", "providers", "provider_new"]
PERSONAL = ["organisations", "sessions", "settings"]


@pytest.mark.parametrize("name", FOR_MEMBERS + FOR_ADMINISTRATORS)
@pytest.mark.parametrize("who", ["anna", "alice", "bob", "audrey", "charlie", "jun", "shin_admin"])
def test_who_opens_which_page(request, client_of, minato, name, who):
    status = client_of(request.getfixturevalue(who)).get(reverse(f"organisations:{name}", args=[minato.code]))
    stranger = who in {"charlie", "jun", "shin_admin"}
    only_administrators = name in FOR_ADMINISTRATORS and who != "anna"
    assert status.status_code == (404 if stranger else 403 if only_administrators else 200)


@pytest.mark.parametrize("name", FOR_MEMBERS + FOR_ADMINISTRATORS)
def test_strangers_are_asked_to_sign_in(client, minato, name):
    answer = client.get(reverse(f"organisations:{name}", args=[minato.code]))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", PERSONAL)
def test_personal_pages(client_of, alice, name, language):
    client = client_of(alice)
    client.cookies["django_language"] = language
    answer = client.get(reverse(f"organisations:{name}"))
    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.content.decode()


def test_an_administrator_registers_changes_and_ends_a_member(client_of, anna, minato):
    client = client_of(anna)
    section = Department.objects.create(
        organisation=minato, code="01", name="情報政策課", valid_from=date(2020, 4, 1)
    )
    fields = {
        "username": "１３１０３２-77", "name_ja": "架空 太郎", "name_kana": "カクウ タロウ", "name_en": "",
        "email": "Taro@Ward.example", "role": "viewer", "department": section.pk,
        "valid_from": "令和8年4月1日", "valid_to": "2999-03-31",
    }  # fmt: skip
    assert client.post(reverse("organisations:member_new", args=[minato.code]), fields).status_code == 302
    person = User.objects.get(username="131032-77")
    membership = Membership.objects.owned_by(minato).get(user=person)
    assert (membership.valid_from, membership.valid_to) == (date(2026, 4, 1), date(2999, 4, 1))
    page = reverse("organisations:member", args=[minato.code, person.pk])
    assert "架空 太郎" in client.get(page).content.decode()
    role = reverse("organisations:role", args=[minato.code, person.pk, membership.pk])
    assert "2999-03-31" in client.get(role).content.decode()
    client.post(role, {"role": "officer", "department": "", "valid_from": "2026-04-01", "valid_to": ""})
    membership = Membership.objects.owned_by(minato).get(user=person)
    assert (membership.role, membership.department, membership.valid_to) == ("officer", None, None)
    client.post(reverse("organisations:role_end", args=[minato.code, person.pk, membership.pk]))
    assert not Membership.objects.owned_by(minato).not_ended().filter(user=person).exists()
    assert "終わりました" in client.get(page).content.decode()


def test_a_wrong_form_says_what_to_do(client_of, anna, minato):
    fields = {"username": "x", "name_ja": "架空", "role": "viewer", "valid_from": "いつか", "valid_to": ""}
    answer = client_of(anna).post(reverse("organisations:member_new", args=[minato.code]), fields)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not User.objects.filter(username="x").exists()


def test_the_list_finds_by_kana_and_does_not_grow_its_queries(
    client_of, anna, minato, member, django_assert_max_num_queries
):
    for number in range(30):
        person = member(f"P{number}", minato, "viewer")
        person.name_kana = "カクウ" if number == 7 else "ベツ"
        person.save()
    client = client_of(anna)
    address = reverse("organisations:members", args=[minato.code])
    client.get(address)  # the session carries the number beside the bell from then on
    with django_assert_max_num_queries(8):
        client.get(address)
    found = client.get(address, {"q": "ｶｸｳ"}).content.decode()
    assert ">P7<" in found
    assert ">P8<" not in found


def test_the_first_administrator_comes_from_the_command_line(client, minato, capsys):
    administrator.Command().handle(code=minato.code, username="131032-1", name="架空 一", email="")
    path = capsys.readouterr().out.strip()
    assert client.get(path, follow=True).status_code == 200
    person = User.objects.get(username="131032-1")
    assert Membership.objects.owned_by(minato).get(user=person).role == "administrator"
    password_link.Command().handle(username="131032-1")
    assert "/accounts/password/reset/key/" in capsys.readouterr().out
    with pytest.raises(CommandError):
        administrator.Command().handle(code="999999", username="x", name="x", email="")
    with pytest.raises(CommandError):
        password_link.Command().handle(username="nobody")
