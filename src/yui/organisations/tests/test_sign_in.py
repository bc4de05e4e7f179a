"""Signing in with a password: who gets in, what strangers learn, when the door closes."""

import re

import pytest
from django.urls import reverse

from yui.kernel.ledger.models import Entry
from yui.organisations.models import User
from yui.organisations.tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def sign_in(client, login, password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": login, "password": password, **extra})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def visible_text(response):
    """What the page says, without tokens and without what was typed."""
    text = response.content.decode()
    text = re.sub(r'value="[^"]*"', "", text)
    return re.sub(r"nonce-[\w-]+", "", text)


@pytest.mark.parametrize("form", ["{u}", "{e}", "{U}", "{E}", "１{u}"])
def test_id_and_address_sign_in_in_any_case(client, alice, with_password, form):
    with_password(alice)
    login = form.format(u=alice.username, e=alice.email, U=alice.username.upper(), E=alice.email.upper())
    response = sign_in(client, login)
    assert is_signed_in(client) is (not login.startswith("１")), response.status_code


def test_the_page_says_the_same_for_wrong_password_and_unknown_account(client, alice, with_password):
    with_password(alice)
    logins = (alice.username, "nobody-1", alice.email, "no@b.example")
    answers = [sign_in(client, login, "wrong-wrong-1") for login in logins]
    assert {answer.status_code for answer in answers} == {200}
    assert len({visible_text(answer) for answer in answers}) == 1


def test_the_reset_page_says_the_same_for_known_and_unknown(client, alice, with_password, mailoutbox):
    with_password(alice)
    address = reverse("account_reset_password")
    answers = [client.post(address, {"email": mail}, follow=True) for mail in (alice.email, "no@b.example")]
    assert visible_text(answers[0]) == visible_text(answers[1])
    assert [message.to for message in mailoutbox] == [[alice.email]]


def test_sign_up_is_closed(client):
    address = reverse("account_signup")
    fields = {"username": "intruder", "password1": PASSWORD, "password2": PASSWORD, "email": "x@y.example"}
    client.post(address, fields)
    assert not User.objects.filter(username="intruder").exists()


def test_the_door_closes_after_failures_for_that_account_and_address_only(client, alice, bob, with_password):
    with_password(alice)
    with_password(bob)
    for number in range(5):
        response = sign_in(client, alice.username if number % 2 else alice.email, "wrong-wrong-1")
    assert response.status_code == 429
    assert "しばらくサインインできません" in response.content.decode()
    assert sign_in(client, alice.username).status_code == 429
    assert not is_signed_in(client)
    elsewhere = client.post(LOGIN, {"login": alice.username, "password": PASSWORD}, REMOTE_ADDR="10.9.8.7")
    assert elsewhere.status_code == 302
    client.logout()
    sign_in(client, bob.username)
    assert is_signed_in(client)


def test_an_unknown_account_is_locked_with_the_same_page(client, db):
    for _ in range(5):
        response = sign_in(client, "nobody-1", "wrong-wrong-1")
    assert response.status_code == 429


def test_a_closed_account_cannot_sign_in_and_loses_its_session(client, client_of, alice, with_password):
    with_password(alice)
    live = client_of(alice)
    alice.is_active = False
    alice.save()
    sign_in(client, alice.username)
    assert not is_signed_in(client)
    assert live.get(reverse("organisations:settings")).status_code == 302


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_sign_in_leads_nowhere_outside(client, alice, with_password, target):
    with_password(alice)
    response = sign_in(client, alice.username, next=target)
    assert response.status_code == 302
    assert response["Location"] == "/"


def test_sign_in_leads_on_within_yui_and_sets_the_look(client, alice, with_password):
    alice.theme, alice.language = "dark", "en"
    with_password(alice)
    response = sign_in(client, alice.username, next="/my/settings/")
    assert response["Location"] == "/my/settings/"
    assert client.cookies["yui_theme"].value == "dark"
    assert client.cookies["django_language"].value == "en"


def test_the_session_key_changes_at_sign_in(client, alice, with_password):
    with_password(alice)
    session = client.session
    session["planted"] = "by an attacker"
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    sign_in(client, alice.username)
    assert is_signed_in(client)
    assert client.session.session_key != before


def test_who_must_change_the_password_sees_that_page_only(client, alice, with_password, minato):
    alice.must_change_password = True
    with_password(alice)
    sign_in(client, alice.username)
    change = reverse("account_change_password")
    members = reverse("organisations:members", args=[minato.code])
    assert client.get(members)["Location"] == change
    assert client.get("/api/v1/anything").status_code == 403
    new = "atarashii-kawa-88"
    client.post(change, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert client.get(members).status_code == 200
    alice.refresh_from_db()
    assert not alice.must_change_password


def test_the_ledger_tells_of_sign_in_failure_lock_and_sign_out(client, alice, with_password, minato):
    with_password(alice)
    sign_in(client, alice.username)
    client.post(reverse("account_logout"))
    for _ in range(7):
        sign_in(client, alice.username, "wrong-wrong-1")
    sign_in(client, "nobody-1", "wrong-wrong-1")
    verbs = list(
        Entry.objects.filter(organisation_code=minato.code, verb__startswith="organisations.session")
        .order_by("sequence").values_list("verb", flat=True)
    )  # fmt: skip
    session = "organisations.session"
    assert verbs == [f"{session}.begin", f"{session}.end", *[f"{session}.fail"] * 5, f"{session}.lock"]
    everything = " ".join(Entry.objects.values_list("payload", flat=True))
    assert PASSWORD not in everything
    assert "wrong-wrong-1" not in everything


def test_an_administrators_link_sets_a_password_once(client, client_of, client_class, anna, bob, minato):
    answer = client_of(anna).post(reverse("organisations:password_link", args=[minato.code, bob.pk]))
    assert answer["Cache-Control"] == "no-store"
    path = re.search(r"/accounts/password/reset/key/[^<\s]+", answer.content.decode()).group()
    opened = client.get(path, follow=True)
    set_at = opened.redirect_chain[-1][0]
    new = "atarashii-kawa-88"
    client.post(set_at, {"password1": new, "password2": new})
    fresh = client_class()
    sign_in(fresh, bob.username, new)
    assert is_signed_in(fresh)
    again = client_class().get(path, follow=True)
    assert "password1" not in again.content.decode()
