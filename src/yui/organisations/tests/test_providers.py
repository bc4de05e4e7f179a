"""Signing in through an organisation's own provider: a real one (oidc-provider), over HTTP on loopback."""

import json
import os
import re
import shutil
import subprocess
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from yui.kernel.policy import PermissionRefused
from yui.kernel.scope.models import Organisation
from yui.organisations.encryption import SecretUnreadable
from yui.organisations.errors import ProviderNotSecure
from yui.organisations.models import IdentityProvider, Membership, User
from yui.organisations.operations.save_provider import ProviderFields, save_provider

MODULES = Path(os.environ.get("YUI_NODE_MODULES", Path(__file__).parents[4] / "web" / "node_modules"))
SCRIPT = Path(__file__).with_name("oidc_provider.mjs")
SECRET = "test-only-secret-of-the-loopback-client"
CALLBACK = "http://testserver/accounts/oidc/minato-idp/login/callback/"
CLAIMS = {
    "alice": {"email": "Alice@131032.example", "email_verified": True, "name": "Alice"},
    "mallory": {"email": "alice@131032.example", "email_verified": False, "name": "Mallory"},
    "charlie": {"email": "charlie@131041.example", "email_verified": True, "name": "Charlie"},
    "nina": {"email": "nina@131032.example", "email_verified": True, "name": "架空 新奈"},
}
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def issuer():
    """The address of a provider that runs for these tests."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not on this machine; the OpenID provider of the tests needs it")
    if not (MODULES / "oidc-provider").is_dir():
        pytest.skip(f"the npm package oidc-provider is not in {MODULES}; `make test` installs it")
    options = {"modules": str(MODULES), "redirectUris": [CALLBACK], "claims": CLAIMS, "secret": SECRET}
    process = subprocess.Popen(
        [node, str(SCRIPT), json.dumps(options)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        line = process.stdout.readline()
        assert line, "the provider did not start"
        yield json.loads(line)["issuer"]
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


def fields(issuer, **given):
    usual = {
        "slug": "minato-idp", "name": "港区のサインイン", "issuer": issuer, "client_id": "yui",
        "email_domains": ["131032.example"], "is_enabled": True, "creates_members": False,
        "default_role": "viewer",
    }  # fmt: skip
    return ProviderFields(**{**usual, **given})


@pytest.fixture
def provider(issuer, minato, anna, actor_of, settings):
    settings.YUI_PROVIDERS_WITHOUT_TLS = True
    return save_provider(
        actor_of(anna), organisation=minato, provider=None, fields=fields(issuer), secret=SECRET
    )


def at_the_provider(address, person):
    """Go through the provider's pages as a browser would; return where it leads back to."""
    browser = requests.Session()
    answer = browser.get(address, allow_redirects=False, timeout=10)
    for _ in range(12):
        if answer.is_redirect:
            address = urljoin(answer.url, answer.headers["Location"])
            if urlsplit(address).netloc == "testserver":
                return address
            answer = browser.get(address, allow_redirects=False, timeout=10)
        else:
            action = re.search(r'action="([^"]+)"', answer.text).group(1)
            prompt = re.search(r'name="prompt" value="([^"]+)"', answer.text).group(1)
            data = {"prompt": prompt, "login": person, "password": "any"}
            answer = browser.post(urljoin(answer.url, action), data, allow_redirects=False, timeout=10)
    raise AssertionError("the provider did not lead back")


def sign_in(client, person, **query):
    """Sign in from the sign-in page through the provider; return Yui's last answer."""
    start = reverse("openid_connect_login", args=["minato-idp"])
    assert "進む" in client.get(start, query).content.decode()
    left = client.post(start, query)
    assert left.status_code == 200
    address = unescape(re.search(r'<a class="button"[^>]*href="([^"]+)"', left.content.decode()).group(1))
    back = urlsplit(at_the_provider(address, person))
    return client.get(f"{back.path}?{back.query}")


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_a_known_person_signs_in_and_stays_joined(client, client_class, provider, alice):
    assert "港区のサインイン" in client.get("/accounts/login/").content.decode()
    assert sign_in(client, "alice").status_code == 302
    assert client.session["_auth_user_id"] == str(alice.pk)
    account = SocialAccount.objects.get(user=alice)
    alice.email = "moved@131032.example"
    alice.save()
    again = client_class()
    sign_in(again, "alice")
    assert is_signed_in(again)
    assert SocialAccount.objects.get() == account


@pytest.mark.parametrize("person", ["mallory", "charlie", "nina"])
def test_the_provider_vouches_for_nobody_else(client, provider, alice, charlie, person):
    """An unverified address, a person of another ward, a stranger."""
    response = sign_in(client, person)
    assert response.status_code == 403
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()


def test_even_a_provider_that_claims_another_wards_domain_gets_nobody_of_it(
    client, provider, anna, minato, charlie, issuer, actor_of
):
    claimed = fields(issuer, email_domains=["131041.example"], creates_members=True)
    save_provider(actor_of(anna), organisation=minato, provider=provider, fields=claimed)
    response = sign_in(client, "charlie")
    assert not is_signed_in(client), response.content.decode()


def test_a_person_with_roles_elsewhere_is_not_joined_by_address(client, provider, alice, soc):
    Membership.objects.create(user=alice, organisation=soc, role="joint_staff", valid_from=date(2020, 4, 1))
    assert sign_in(client, "alice").status_code == 403
    assert not is_signed_in(client)


def test_who_has_left_the_organisation_does_not_come_in(client, provider, alice, minato):
    sign_in(client, "alice")
    client.post(reverse("account_logout"))
    Membership.objects.owned_by(minato).filter(user=alice).update(valid_to="2021-01-01")
    assert sign_in(client, "alice").status_code == 403
    assert not is_signed_in(client)


def test_a_provider_that_may_registers_its_people_with_the_low_role(
    client, provider, anna, minato, issuer, actor_of
):
    changed = fields(issuer, creates_members=True, default_role="officer")
    save_provider(actor_of(anna), organisation=minato, provider=provider, fields=changed)
    assert sign_in(client, "nina").status_code == 302
    person = User.objects.get(email="nina@131032.example")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert [m.role for m in Membership.objects.owned_by(minato).filter(user=person)] == ["officer"]
    assert not person.has_usable_password()


def test_a_disabled_provider_is_gone(client, provider, anna, minato, issuer, actor_of):
    off = fields(issuer, is_enabled=False)
    save_provider(actor_of(anna), organisation=minato, provider=provider, fields=off)
    assert client.get(reverse("openid_connect_login", args=["minato-idp"])).status_code == 404
    assert "港区のサインイン" not in client.get("/accounts/login/").content.decode()


def test_the_answer_belongs_to_the_browser_that_asked(client, client_class, provider, alice):
    start = client.post(reverse("openid_connect_login", args=["minato-idp"]))
    address = unescape(re.search(r'<a class="button"[^>]*href="([^"]+)"', start.content.decode()).group(1))
    back = urlsplit(at_the_provider(address, "alice"))
    victim = client_class()
    victim.get(f"{back.path}?{back.query}")
    assert not is_signed_in(victim)


def test_the_connection_test_says_what_is_wrong(client_of, provider, anna, minato, issuer, actor_of):
    client = client_of(anna)
    address = reverse("organisations:provider_test", args=[minato.code, provider.pk])
    assert "つながりました" in client.post(address, follow=True).content.decode()
    for wrong, words in [("http://127.0.0.1:9", "つながりません"), (f"{issuer}/nowhere", "説明")]:
        save_provider(actor_of(anna), organisation=minato, provider=provider, fields=fields(wrong))
        assert words in client.post(address, follow=True).content.decode()


def test_a_provider_is_saved_by_its_administrator_with_tls_only(minato, alice, anna, actor_of, settings):
    plain, secure = fields("http://idp.example"), fields("https://idp.example")
    with pytest.raises(PermissionRefused):
        save_provider(actor_of(alice), organisation=minato, provider=None, fields=secure)
    with pytest.raises(ProviderNotSecure):
        save_provider(actor_of(anna), organisation=minato, provider=None, fields=plain)


def test_the_secret_is_unreadable_in_the_database_and_never_on_a_page(
    client_of, minato, anna, actor_of, settings
):
    saved = save_provider(
        actor_of(anna),
        organisation=minato,
        provider=None,
        fields=fields("https://idp.example"),
        secret=SECRET,
    )
    assert SECRET not in saved.encrypted_secret
    page = reverse("organisations:provider", args=[minato.code, saved.pk])
    assert SECRET not in client_of(anna).get(page).content.decode()
    kept = save_provider(
        actor_of(anna), organisation=minato, provider=saved, fields=fields("https://idp.example", name="新")
    )
    assert kept.client_secret == SECRET
    settings.SECRET_KEY = "another"
    with pytest.raises(SecretUnreadable):
        _ = IdentityProvider.objects.owned_by(Organisation.objects.get(pk=minato.pk)).get().client_secret
