"""Passkeys in a real browser with a virtual authenticator: made once, they sign in alone."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator

from yui.organisations.models import User
from yui.organisations.tests.conftest import PASSWORD

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(live_server, monkeypatch, settings):
    """A page of Debian's Chromium whose computer can hold passkeys."""
    if not CHROMIUM.exists():
        pytest.skip("Debian's Chromium is not on this machine")
    sync_api = pytest.importorskip("playwright.sync_api")
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        page = browser.new_page(base_url=live_server.url.replace("127.0.0.1", "localhost"), locale="ja-JP")
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        session.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                    "hasUserVerification": True, "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )  # fmt: skip
        yield page
        browser.close()


def is_home(address):
    return urlsplit(address).path == "/"


def test_a_passkey_is_made_and_then_signs_in_without_a_password(page, organisations, alice, with_password):
    with_password(alice)
    page.goto("/accounts/login/")
    page.fill("input[name=login]", alice.username)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="サインインする", exact=True).click()
    page.wait_for_url(is_home)
    page.goto("/accounts/2fa/webauthn/add/")
    page.fill("input[name=password]", PASSWORD)
    page.locator("form button[type=submit]").last.click()
    page.wait_for_url("**/webauthn/add/")
    page.locator("input[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/**")
    assert Authenticator.objects.filter(user=alice, type="webauthn").exists()

    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="パスキーでサインインする").click()
    page.wait_for_url(is_home)
    page.goto("/my/settings/")
    assert page.url.endswith("/my/settings/")
    assert User.objects.get(pk=alice.pk).last_login is not None
