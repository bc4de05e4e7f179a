"""通知: what others did since the reader last looked is counted beside the bell, and marked on the page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from yui.kernel.events.models import Event, ReadMark
from yui.kernel.events.publish import publish
from yui.kernel.events.read_mark import mark_read, read_up_to
from yui.kernel.scope.models import Visibility
from yui.organisations.actors import actor_of
from yui.portal.queries import unread
from yui.portal.queries.unread import MOST

PAGE = reverse("portal:notifications")


def happen(organisation, summary="変わりました", *, by="Somebody", kind="test.thing.changed"):
    return publish(
        kind=kind,
        organisation=organisation,
        subject="yui:test.thing:1",
        summary=summary,
        actor_name=by,
        data={},
        visibility=Visibility.WARDS,
    )


@pytest.fixture
def opened(alice, client_of):
    """Alice's browser, after she looked at her news."""
    client = client_of(alice)
    client.get(PAGE)
    return client


@pytest.fixture
def at_once(monkeypatch):
    """Count on every page."""
    monkeypatch.setattr(unread, "COUNT_EVERY_SECONDS", 0)


def bell(client) -> str:
    """Return the number beside the bell on an ordinary page."""
    return str(client.get("/about/").context["notification_count"])


def test_the_bell_counts_what_others_did_in_own_organisations(opened, at_once, alice, minato, shinjuku):
    assert bell(opened) == ""
    happen(minato)
    happen(minato)
    happen(minato, by=actor_of(alice).name)
    happen(shinjuku)
    happen(minato, kind="organisations.session.begin")
    assert bell(opened) == "2"
    assert '<strong class="count">2' in opened.get("/about/").content.decode()


def test_looking_empties_the_bell_on_every_device(opened, at_once, alice, minato, client_of):
    happen(minato)
    other_device = client_of(alice)
    assert bell(other_device) == bell(opened) == "1"
    opened.get(PAGE)
    assert bell(opened) == ""
    assert bell(other_device) == ""


def test_what_is_new_is_marked_once(opened, minato, alice):
    happen(minato, "前の出来事")
    opened.get(PAGE)
    happen(minato, "あたらしい出来事")
    page = opened.get(PAGE).content.decode()
    assert page.count("<li data-new>") == 1
    assert page.index("あたらしい出来事") < page.index("前の出来事")
    assert "<li data-new>" not in opened.get(PAGE).content.decode()


def test_one_who_never_looked_is_told_of_the_last_month(at_once, minato, alice, client_of):
    client = client_of(alice)
    assert ReadMark.objects.count() == 0
    seen = int(bell(client) or 0)
    old = happen(minato)
    Event.objects.unscoped("test").filter(pk=old.pk).update(at=timezone.now() - timedelta(days=40))
    happen(minato)
    assert int(bell(client)) == seen + 1


def test_many_are_not_counted_to_the_end(opened, at_once, minato):
    for _ in range(MOST + 5):
        happen(minato)
    assert bell(opened) == f"{MOST}+"


def test_a_page_costs_no_query_for_the_bell_within_a_minute(opened, minato):
    bell(opened)
    with CaptureQueriesContext(connection) as queries:
        opened.get("/about/")
    assert not [query for query in queries.captured_queries if "events_" in query["sql"]]


def test_counting_costs_one_query(alice, minato, django_assert_num_queries):
    actor = actor_of(alice)
    happen(minato)
    with django_assert_num_queries(1):
        assert unread.unread(actor) >= 1


def test_the_mark_moves_forward_only(alice):
    now = timezone.now()
    mark_read(alice.pk, now)
    mark_read(alice.pk, now - timedelta(hours=1))
    assert read_up_to(alice.pk) == now
    mark_read(alice.pk, now + timedelta(hours=1))
    assert read_up_to(alice.pk) == now + timedelta(hours=1)


def test_a_look_from_afar_moves_no_mark(opened, alice):
    before = read_up_to(alice.pk)
    opened.head(PAGE)
    assert read_up_to(alice.pk) == before


def test_strangers_have_no_bell(client, db):
    page = client.get(reverse("account_login"))
    assert page.status_code == 200
    assert not str(page.context["notification_count"])


def test_what_happens_several_times_in_a_row_is_told_once(opened, alice, minato, shinjuku, client_of):
    for summary, organisation in [
        ("甲", minato),
        ("乙", minato),
        ("乙", minato),
        ("乙", shinjuku),
        ("乙", minato),
    ]:
        happen(organisation, summary)
    home = client_of(alice).get("/").context["days"][0].happenings
    assert [(one.summary, one.times) for one in home[:4]] == [("乙", 1), ("乙", 1), ("乙", 2), ("甲", 1)]
    answer = opened.get(PAGE)
    assert answer.context["new"] == 4
    assert [one.times for one in answer.context["days"][0].happenings[:2]] == [3, 1]
    assert "· 3回" in answer.content.decode()
