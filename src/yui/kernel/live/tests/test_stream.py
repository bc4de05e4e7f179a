"""The stream over WSGI, and what decides what is told."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.events.publish import publish
from yui.kernel.live.changes import LIMIT
from yui.kernel.live.cursor import MOST_TOLD, Cursor


def happen(organisation, subject="yui:registry.system:1", visibility="own"):
    return publish(
        kind="registry.system.register",
        organisation=organisation,
        subject=subject,
        summary="秘密の要約",
        actor_name="Alice",
        data={"secret": 1},
        visibility=visibility,
    )


def listen(client, last=None):
    headers = {"Accept": "text/event-stream", **({"Last-Event-ID": last} if last else {})}
    answer = client.get("/live/stream", headers=headers)
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines() if ": " in line)
    told = json.loads(fields["data"]).get("changes", []) if "data" in fields else []
    return answer, fields, [change["subject"] for change in told]


pytestmark = pytest.mark.django_db


def test_a_page_is_told_what_happened_after_it_opened(alice, minato, client_of):
    browser = client_of(alice)
    happen(minato, "yui:registry.system:1")
    answer, fields, subjects = listen(browser)
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    assert subjects == []
    assert fields["retry"] == "3000"
    happen(minato, "yui:registry.system:2")
    _, later, subjects = listen(browser, fields["id"])
    assert subjects == ["yui:registry.system:2"]
    assert listen(browser, later["id"])[2] == []


def test_a_stranger_is_told_nothing_of_others(alice, charlie, minato, shinjuku, client_of):
    browser = client_of(charlie)
    start = listen(browser)[1]["id"]
    happen(minato, "yui:registry.system:1")
    happen(minato, "yui:registry.system:2", visibility="wards")
    happen(shinjuku, "yui:registry.system:3")
    answer, _, subjects = listen(browser, start)
    assert subjects == ["yui:registry.system:2", "yui:registry.system:3"]
    assert "yui:registry.system:1" not in answer.content.decode()


def test_only_kind_and_subject_leave_the_house(alice, minato, client_of):
    browser = client_of(alice)
    start = listen(browser)[1]["id"]
    happen(minato)
    text = listen(browser, start)[0].content.decode()
    assert "秘密" not in text
    assert "Alice" not in text


def test_a_visitor_is_told_to_stop_asking(client, minato):
    happen(minato, visibility="public")
    assert client.get("/live/stream", headers={"Last-Event-ID": "0"}).status_code == 204


def test_rights_that_end_end_the_news(alice, minato, client_of):
    from yui.organisations.models import Membership

    browser = client_of(alice)
    start = listen(browser)[1]["id"]
    happen(minato)
    Membership.objects.unscoped("test").filter(user=alice).delete()
    answer, _, subjects = listen(browser, start)
    assert answer.status_code != 200
    assert subjects == []


def test_too_much_to_tell_means_load_anew(alice, minato, client_of):
    browser = client_of(alice)
    start = listen(browser)[1]["id"]
    for number in range(LIMIT + 1):
        happen(minato, f"yui:registry.system:{number}")
    _, fields, subjects = listen(browser, start)
    assert fields["event"] == "reset"
    assert subjects == []
    assert listen(browser, fields["id"])[2] == []


@pytest.mark.parametrize("last", ["nonsense", "1;drop", "1:", "9" * 40, "-1"])
def test_an_identifier_that_is_not_ours_starts_from_now(alice, minato, client_of, last):
    happen(minato)
    answer, _, subjects = listen(client_of(alice), last)
    assert (answer.status_code, subjects) == (200, [])


@given(st.integers(0, 10**9), st.frozensets(st.integers(1, 10**9), max_size=30))
def test_a_cursor_survives_the_journey_to_the_browser(base, told):
    cursor = Cursor(base).advanced(told, 0)
    assert Cursor.parse(str(cursor)) == cursor


@given(st.lists(st.integers(1, 60), min_size=1, unique=True), st.integers(0, 60))
def test_whatever_is_not_told_stays_to_be_told(told, settled):
    cursor = Cursor(0).advanced(told, settled)
    assert Cursor.parse(str(cursor)) == cursor
    untold = [n for n in range(1, 61) if n not in told and n > settled]
    assert all(n > cursor.base and n not in cursor.told for n in untold)


@given(st.frozensets(st.integers(1, 5000), min_size=MOST_TOLD + 1, max_size=MOST_TOLD + 50))
def test_a_cursor_stays_small_enough_for_a_header_and_never_tells_twice(told):
    cursor = Cursor(0).advanced(told, 0)
    assert len(str(cursor)) < 4000
    assert all(n <= cursor.base or n in cursor.told for n in told)
