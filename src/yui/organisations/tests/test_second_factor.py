"""Codes, recovery codes and passkeys, and the duty of administrators to have one."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from yui.kernel.ledger.models import Entry
from yui.organisations.tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def code_now(secret):
    """The code that an application would show now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.fixture
def protected(client_class, alice, with_password, django_capture_on_commit_callbacks):
    """Alice with a code application, and its secret."""
    with_password(alice)
    client = client_class()
    client.post(LOGIN, {"login": alice.username, "password": PASSWORD})
    asked = client.get(reverse("mfa_activate_totp"))
    assert reverse("account_reauthenticate") in asked["Location"]
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'value="([A-Z2-7]{32})"', page).group(1)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return alice, secret


def test_a_password_alone_no_longer_signs_in_but_with_the_code(client, protected):
    alice, secret = protected
    Authenticator.objects.filter(type="totp").update(last_used_at=None)
    response = client.post(LOGIN, {"login": alice.username, "password": PASSWORD}, follow=True)
    assert not is_signed_in(client)
    where = response.redirect_chain[-1][0]
    client.post(where, {"code": "000000" if code_now(secret) != "000000" else "111111"})
    assert not is_signed_in(client)


def test_the_secret_is_encrypted_in_the_database(protected):
    _alice, secret = protected
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_a_recovery_code_signs_in_once(client, client_class, protected):
    alice, _secret = protected
    codes = Authenticator.objects.get(user=alice, type="recovery_codes").wrap().get_unused_codes()
    for browser, expected in ((client, True), (client_class(), False)):
        answer = browser.post(LOGIN, {"login": alice.username, "password": PASSWORD}, follow=True)
        browser.post(answer.redirect_chain[-1][0], {"code": codes[0]})
        assert is_signed_in(browser) is expected


def test_changes_of_second_factors_and_wrong_codes_are_in_the_ledger(client, protected, minato):
    alice, _secret = protected
    answer = client.post(LOGIN, {"login": alice.username, "password": PASSWORD}, follow=True)
    client.post(answer.redirect_chain[-1][0], {"code": "12345x"})
    entries = Entry.objects.filter(organisation_code=minato.code)
    changes = entries.filter(verb="organisations.second_factor.change")
    assert {"totp"} <= {entry.content["data"]["kind"] for entry in changes}
    assert entries.filter(verb="organisations.session.fail").exists()


def test_codes_cannot_be_tried_without_end(client, protected):
    alice, _secret = protected
    answer = client.post(LOGIN, {"login": alice.username, "password": PASSWORD}, follow=True)
    where = answer.redirect_chain[-1][0]
    texts = [client.post(where, {"code": f"{number:06d}"}).content.decode() for number in range(12)]
    assert "しばらくサインインできません" in texts[-1]
    assert "しばらくサインインできません" not in texts[0]


def test_administrators_need_a_second_factor_where_it_is_required(
    client_of, anna, alice, minato, settings, actor_of
):
    settings.YUI_REQUIRE_MFA = True
    page = reverse("organisations:members", args=[minato.code])
    client = client_of(anna)
    assert client.get(page)["Location"] == reverse("mfa_index")
    assert client_of(alice).get(page).status_code == 200
    Authenticator.objects.create(user=anna, type="totp", data={"secret": "x"})
    assert client.get(page).status_code == 200
