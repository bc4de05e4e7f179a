"""How long sessions last, how many there are, and how they end."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from yui.kernel.ledger.models import Entry
from yui.organisations import session_limits
from yui.organisations.models import SessionRecord
from yui.organisations.operations.reset_second_factor import reset_second_factor
from yui.organisations.tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(minato):
    return reverse("organisations:members", args=[minato.code])


def age(client, key, seconds):
    """Make a session as old as if its moment ``key`` had been so many seconds ago."""
    session = client.session
    session[key] -= seconds
    session.save()


def test_an_idle_session_ends_and_leads_back_to_the_page(client_of, alice, page, settings):
    client = client_of(alice)
    assert client.get(page).status_code == 200
    age(client, session_limits.SEEN_AT, settings.SESSION_IDLE_SECONDS - 5)
    assert client.get(page).status_code == 200
    age(client, session_limits.SEEN_AT, settings.SESSION_IDLE_SECONDS + 5)
    response = client.get(page)
    assert response["Location"].startswith(reverse("account_login"))
    assert "ended=1" in response["Location"]
    assert "next=%2F" in response["Location"]
    assert "_auth_user_id" not in client.session
    assert not SessionRecord.objects.filter(user=alice).exists()


def test_work_does_not_lengthen_the_whole_session(client_of, alice, page, settings):
    client = client_of(alice)
    age(client, session_limits.STARTED_AT, settings.SESSION_COOKIE_AGE - 30)
    assert client.get(page).status_code == 200
    age(client, session_limits.STARTED_AT, 60)
    assert client.get(page).status_code == 302


def test_a_live_feed_is_no_work(client_of, alice, page, settings):
    client = client_of(alice)
    age(client, session_limits.SEEN_AT, 120)
    before = client.session[session_limits.SEEN_AT]
    client.get(page, headers={"accept": "text/event-stream"})
    assert client.session[session_limits.SEEN_AT] == before
    client.get(page)
    assert client.session[session_limits.SEEN_AT] > before


def test_parts_of_pages_send_the_whole_page_to_sign_in(client_of, alice, page, settings):
    client = client_of(alice)
    age(client, session_limits.SEEN_AT, settings.SESSION_IDLE_SECONDS + 5)
    response = client.get(page, headers={"hx-request": "true"})
    assert reverse("account_login") in response["HX-Redirect"]


def test_the_oldest_session_gives_way(client_of, alice, page, settings):
    clients = [client_of(alice) for _ in range(settings.YUI_MAX_SESSIONS + 1)]
    statuses = [client.get(page).status_code for client in clients]
    assert statuses == [302, *[200] * settings.YUI_MAX_SESSIONS]
    assert alice.session_records.count() == settings.YUI_MAX_SESSIONS


def test_one_ends_the_other_sessions_but_nobody_elses(client_of, alice, bob, page, minato):
    here, there, other = client_of(alice), client_of(alice), client_of(bob)
    theirs = bob.session_records.get()
    here.post(reverse("organisations:sessions_end"), {"record": theirs.pk})
    assert other.get(page).status_code == 200
    mine = alice.session_records.get(session_key=there.session.session_key)
    assert "この端末" in here.get(reverse("organisations:sessions")).content.decode()
    here.post(reverse("organisations:sessions_end"), {"record": mine.pk})
    assert there.get(page).status_code == 302
    assert here.get(page).status_code == 200
    revoked = Entry.objects.filter(organisation_code=minato.code, verb="organisations.session.revoke")
    assert revoked.count() == 1


def test_a_new_password_ends_all_other_sessions(client_of, alice, with_password, page):
    with_password(alice)
    here, there = client_of(alice), client_of(alice)
    new = "atarashii-kawa-88"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post(reverse("account_change_password"), fields).status_code == 302
    assert here.get(page).status_code == 200
    assert there.get(page).status_code == 302
    assert alice.session_records.get().session_key == here.session.session_key
    assert Session.objects.count() == 1 or not Session.objects.filter(session_key=there.session.session_key)


def test_resetting_the_second_factor_ends_every_session(client_of, anna, alice, minato, actor_of, page):
    client = client_of(alice)
    reset_second_factor(actor_of(anna), user=alice, organisation=minato)
    assert client.get(page).status_code == 302


def test_own_settings_are_kept_and_shown_at_once(client_of, alice):
    client = client_of(alice)
    fields = {"language": "en", "density": "tight", "font": "biz", "theme": "dark"}
    client.post(reverse("organisations:settings"), fields)
    alice.refresh_from_db()
    assert {name: getattr(alice, name) for name in fields} == fields
    assert client.cookies["yui_density"].value == "tight"
    assert 'lang="en"' in client.get(reverse("organisations:settings")).content.decode()
