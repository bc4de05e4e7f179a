"""The pages that the sign-in library brings speak plain Japanese of ours."""

from django.utils.translation import gettext, override


def test_the_page_of_passkeys_and_codes(alice, client_of):
    page = client_of(alice).get("/accounts/2fa/").content.decode()
    assert page.count("パスキーと確認コード") >= 2  # the tab and the heading
    assert "多要素認証" not in page


def test_english_stays_the_librarys():
    with override("ja"):
        assert gettext("Confirm Access") == "本人の確認"
    with override("en"):
        assert gettext("Confirm Access") == "Confirm Access"
