"""The pages that the sign-in library brings speak plain Japanese of ours."""

from django.utils.translation import gettext, override


def test_the_page_of_passkeys_and_codes(alice, client_of):
    page = client_of(alice).get("/accounts/2fa/").content.decode()
    assert "<h1>パスキーと確認コード" in page or "パスキーと確認コード</h1>" in page
    assert "多要素認証" not in page


def test_english_stays_the_librarys():
    with override("ja"):
        assert gettext("Confirm Access") == "本人の確認"
    with override("en"):
        assert gettext("Confirm Access") == "Confirm Access"
