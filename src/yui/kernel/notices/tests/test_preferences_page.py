"""通知の受け取り方: each reader's own."""

from yui.kernel.notices.preferences import Choice, choices_of

PAGE = "/my/notices/settings/"


def test_the_page_offers_every_kind(client_of, bob):
    page = client_of(bob).get(PAGE).content.decode()
    assert "すべての通知" in page and "回答がついた" in page and "急ぎ" in page
    assert 'name="kind-test.answered-mail"' in page and 'aria-label="回答がついた: メール"' in page


def test_choices_are_kept_for_the_reader_alone(client_of, bob, alice):
    client = client_of(bob)
    answer = client.post(PAGE, {"kind-*-mail": "none", "kind-test.asked-page": "no"}, follow=True)
    assert "保存しました" in answer.content.decode()
    assert choices_of(bob.pk) == {"*": Choice(None, "none"), "test.asked": Choice(False, "")}
    assert choices_of(alice.pk) == {}
    page = client.get(PAGE).content.decode()
    assert page.count("selected") >= 2
    client.post(PAGE, {})
    assert choices_of(bob.pk) == {}


def test_a_choice_that_is_none_is_shown_as_wrong(client_of, bob):
    answer = client_of(bob).post(PAGE, {"kind-*-mail": "hourly"})
    assert answer.status_code == 200 and choices_of(bob.pk) == {}


def test_a_reader_is_told_where_no_mail_leaves(client_of, bob, settings):
    client = client_of(bob)
    assert "メールを送りません" not in client.get(PAGE).content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "メールを送りません" in client.get(PAGE).content.decode()


def test_strangers_are_asked_to_sign_in(client, db):
    assert client.get(PAGE).status_code == 302
