"""The sign-in library’s pages speak Yui's plain Japanese, not the library's."""

import pytest
from django.utils.translation import gettext, override

PAGES = {"/accounts/2fa/": "パスキーと確認コード", "/accounts/password/change/": "本人の確認"}


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_of_passkeys_and_codes(address, alice, client_of):
    page = client_of(alice).get(address, follow=True).content.decode()
    assert PAGES[address] in page
    assert "多要素認証" not in page


def test_english_stays_the_librarys():
    with override("ja"):
        assert gettext("Confirm Access") == "本人の確認"
    with override("en"):
        assert gettext("Confirm Access") == "Confirm Access"
