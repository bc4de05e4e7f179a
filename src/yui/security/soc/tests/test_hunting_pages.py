"""The hunting page and the page of one event: what is found, who sees it, and what goes out."""

import json

import pytest
from django.urls import reverse

from yui.kernel.calendar_jp import now, today
from yui.kernel.ledger.models import Entry
from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.event_store.clocks import DAY, SECOND, microseconds
from yui.security.soc.event_store.writing import EventStore
from yui.security.soc.models import Entrustment
from yui.security.soc.tests.test_store_append import OTHER, WARD, ids

pytestmark = pytest.mark.django_db
SECRET = "only in Shinjuku"


@pytest.fixture
def stored(organisations):
    """Two events of 港区 and one of 新宿区, of the last minutes."""
    at = microseconds(now()) - 60 * SECOND
    sysmon = LogSource("windows", "", "sysmon")
    own = [
        LogRecord(
            sysmon,
            at,
            {"EventID": 1, "Image": "C:\\<b>mimikatz</b>.exe", "user": "a`b", "List": [1]},
            "<raw & 1>",
        ),
        LogRecord(sysmon, at - 30 * DAY * 20, {"EventID": 3, "Image": "C:\\x.exe"}, "raw 2"),
    ]
    EventStore().append(WARD, own, [at, at], ids(1, 2))
    EventStore().append(OTHER, [LogRecord(sysmon, at, {"EventID": 1, "Note": SECRET}, SECRET)], [at], ids(3))
    return at


@pytest.fixture
def at_minato(client_of, bob):
    return client_of(bob)


def page(client, **asked):
    return client.get(reverse("soc:hunting"), asked)


def address(ward, number, **asked):
    return reverse("soc:event", args=[ward, ids(number)[0].hex()])


def test_an_empty_page_teaches(at_minato, organisations):
    text = page(at_minato).content.decode()
    assert "EventID = 4625 | count by TargetUserName, IpAddress" in text
    assert "書き方" in text


def test_hits_chart_fields_and_links(at_minato, stored):
    found = page(at_minato, q='Image contains "mimikatz"', span="24h")
    text = found.content.decode()
    assert found.status_code == 200
    assert found.context["answer"].total == 1
    assert "<svg" in text
    assert address(WARD, 1) in text
    assert "count+by+Image" in text
    assert "<b>mimikatz" not in text


def test_columns_and_counts(at_minato, stored):
    text = page(at_minato, q="| columns Image, EventID").content.decode()
    assert "C:\\&lt;b&gt;mimikatz&lt;/b&gt;.exe" in text
    found = page(at_minato, q="| count by EventID")
    assert [group["count"] for group in found.context["groups"]] == [1, 1]
    listed = at_minato.get(reverse("soc:hunting") + "?" + found.context["groups"][0]["query"])
    assert listed.context["answer"].total == 1


def test_a_question_that_makes_no_sense_is_told(at_minato, stored):
    found = page(at_minato, q="Image <")
    assert found.status_code == 422
    assert "8文字目" in found.content.decode()
    assert page(at_minato, q="x", **{"from": "yesterday"}).status_code == 422
    assert page(at_minato, q="x", **{"from": "2026-01-02T00:00", "to": "2026-01-01T00:00"}).status_code == 422
    assert page(at_minato, q="x", **{"from": "2020-01-02T00:00"}).status_code == 422


def test_a_reader_learns_nothing_of_another_ward(at_minato, client_of, charlie, stored):
    for asked in ({"q": ""}, {"q": "", "ward": OTHER}, {"q": f"ward = {OTHER}"}, {"q": '"Shinjuku"'}):
        found = page(at_minato, **asked)
        assert SECRET not in found.content.decode().replace(asked["q"], "")
        assert dict(found.context["answer"].by_ward).keys() <= {WARD}
    assert at_minato.get(address(OTHER, 3)).status_code == 404
    assert at_minato.get(address(WARD, 3)).status_code == 404
    assert SECRET in page(client_of(charlie), q="| columns Note").content.decode()


def test_the_joint_body_sees_wards_that_entrust_it(client_of, jun, minato, soc, stored):
    client = client_of(jun)
    assert page(client, q="").context["answer"].total == 0
    assert client.get(address(WARD, 1)).status_code == 404
    Entrustment.objects.create(organisation=minato, body=soc, valid_from=today())
    assert dict(page(client, q="").context["answer"].by_ward) == {WARD: 2}
    assert client.get(address(WARD, 1)).status_code == 200
    assert client.get(address(OTHER, 3)).status_code == 404


def test_one_event_is_shown_whole(at_minato, stored):
    found = at_minato.get(address(WARD, 1) + f"?at={stored}")
    text = found.content.decode()
    assert "&lt;raw &amp; 1&gt;" in text
    assert "C:\\&lt;b&gt;mimikatz&lt;/b&gt;.exe" in text
    again = next(one[2] for one in found.context["fields"] if one[0] == "Image")
    assert at_minato.get(f"{reverse('soc:hunting')}?{again}").context["answer"].total == 1
    odd = at_minato.get(address(WARD, 2)).content.decode()
    assert "時刻が確かではありません" in odd


@pytest.mark.parametrize("name", ["zz", "0" * 32, "g" * 32, "0" * 31])
def test_what_is_no_event_is_not_found(at_minato, stored, name):
    assert (
        at_minato.get(reverse("soc:event", args=[WARD, name]) + "?at=99999999999999999999").status_code == 404
    )


def test_downloads_are_told_in_the_ledger(at_minato, stored):
    export = reverse("soc:hunting-export", args=["csv"])
    sent = at_minato.get(export, {"q": "Image exists | columns Image, List", "ward": WARD})
    body = b"".join(sent.streaming_content).decode("utf-8-sig")
    assert body.splitlines()[0] == "time,ward,event_id,Image,List"
    assert len([line for line in body.splitlines() if "C:" in line]) == 2
    entry = Entry.objects.filter(verb="exchange.export.record").get()
    assert entry.organisation_code == WARD
    export = reverse("soc:hunting-export", args=["json"])
    sent = at_minato.get(export, {"q": "List exists"})
    (line,) = b"".join(sent.streaming_content).splitlines()
    assert json.loads(line)["fields"]["Image"] == "C:\\<b>mimikatz</b>.exe"
    assert json.loads(line)["raw"] == "<raw & 1>"
    counted = at_minato.get(export, {"q": "| count by EventID"})
    assert [json.loads(line)["count"] for line in b"".join(counted.streaming_content).splitlines()] == [1, 1]
    assert Entry.objects.filter(verb="exchange.export.record").count() == 3


def test_no_file_without_a_question_or_of_another_kind(at_minato, stored):
    assert at_minato.get(reverse("soc:hunting-export", args=["csv"])).status_code == 404
    assert at_minato.get(reverse("soc:hunting-export", args=["xlsx"]), {"q": ""}).status_code == 404


def test_strangers_sign_in_first(client, stored):
    assert client.get(reverse("soc:hunting")).status_code == 302
    assert client.get(address(WARD, 1)).status_code == 302
