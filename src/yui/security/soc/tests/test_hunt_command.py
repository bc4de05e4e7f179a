"""``yui soc hunt``: a question to what is stored, written on the command line or saved."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from yui.kernel.calendar_jp import now
from yui.security.soc.commands import hunt
from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.event_store.clocks import DAY, microseconds
from yui.security.soc.event_store.writing import EventStore
from yui.security.soc.operations.hunting.save_hunt import save_hunt
from yui.security.soc.tests.hunt_records import MINATO, SHINJUKU, facts
from yui.security.soc.tests.test_store_append import ids

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stored(organisations):
    """In each of two wards an event of this moment and one three days old."""
    recent = microseconds(now())
    for ward in (MINATO, SHINJUKU):
        times = [recent, recent - 3 * DAY]
        records = [LogRecord(LogSource("windows"), at, {"Image": f"{ward}.exe"}, "r") for at in times]
        EventStore().append(ward, records, times, ids(1, 2))


def told(*options):
    out = StringIO()
    call_command(hunt.Command(), *map(str, options), "--json", stdout=out)
    *rows, summary = [json.loads(line) for line in out.getvalue().splitlines()]
    return rows, summary


def test_a_question_is_asked_of_all_wards_or_some():
    rows, summary = told("Image exists")
    assert summary["wards"] == {MINATO: 1, SHINJUKU: 1}
    assert {row["ward"] for row in rows} == {MINATO, SHINJUKU}
    rows, summary = told("Image exists | columns Image", "--days", 9, "--ward", MINATO)
    assert summary["events"] == 2
    assert {row["Image"] for row in rows} == {f"{MINATO}.exe"}


def test_groups_are_counted():
    rows, summary = told("| count by Image", "--days", 9)
    assert {(row["Image"], row["count"]) for row in rows} == {(f"{MINATO}.exe", 2), (f"{SHINJUKU}.exe", 2)}
    assert summary["events"] == 4


def test_what_does_not_fit_is_told():
    rows, summary = told("Image exists", "--most", 1)
    assert (len(rows), summary["events"], summary["is_cut"]) == (1, 2, True)


def test_a_saved_hunt_is_asked_with_its_span(actor_of, alice, minato):
    question = "Image exists | count by ward"
    saved = save_hunt(actor_of(alice), organisation=minato, facts=facts(text=question, span="7d"))
    assert told("--saved", saved.pk)[1]["events"] == 4
    assert told("--saved", saved.pk, "--days", 1)[1]["events"] == 2


def test_people_read_lines_and_a_sentence():
    out = StringIO()
    call_command(hunt.Command(), "Image exists | columns Image, User", stdout=out)
    *lines, summary = out.getvalue().splitlines()
    assert len(lines) == 2
    assert all(line.endswith("—") for line in lines)
    assert "2 events" in summary


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["Image <"], "8文字目"),
        (["x", "--days", "0"], "--days"),
        (["x", "--most", "0"], "--most"),
        (["x", "--ward", "999999"], "999999"),
        (["--saved", "77"], "--saved 77"),
        ([], "QUESTION"),
        (["x", "--saved", "1"], "--saved"),
    ],
)
def test_what_cannot_be_asked_is_told(options, problem):
    with pytest.raises(CommandError, match=problem):
        call_command(hunt.Command(), *options)
