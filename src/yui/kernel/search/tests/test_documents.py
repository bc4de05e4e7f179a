"""What documents put into the index, in one process or in several."""

from datetime import UTC, datetime

import pytest

from yui.kernel.search.engine import documents
from yui.kernel.search.engine.documents import all_filled, filled
from yui.kernel.search.engine.schema import Entry


def entry(number: int, **values) -> Entry:
    """An entry of this number."""
    given = {
        "urn": f"yui:registry.system:{number}",
        "kind": "registry.system",
        "organisation": "131032",
        "pillar": "",
        "visibility": "own",
        "access": ("org:131032",),
        "title": f"経費の記録{number}",
        "body": "葬儀の費用を確かめた。",
        "url": f"/systems/{number}/",
        "at": datetime(2026, 11, 27, tzinfo=UTC),
        "tags": ("会計",),
        "reading": "",
    }
    return Entry(**{**given, **values})


def test_several_processes_fill_as_one_does(monkeypatch):
    monkeypatch.setattr(documents, "MANY", 3)
    monkeypatch.setattr(documents, "_CHUNK", 2)
    entries = [entry(number, body="住民の申請。" * number) for number in range(12)]
    assert list(all_filled(entries)) == [filled(each) for each in entries]


def test_a_failure_in_another_process_is_told(monkeypatch):
    monkeypatch.setattr(documents, "MANY", 0)
    with pytest.raises(AttributeError):
        list(all_filled([entry(1, at="yesterday")]))


def test_a_few_entries_and_builds_that_somebody_waits_for_start_no_process(monkeypatch):
    def refuse(*_values, **_names):
        raise AssertionError("a process was started")

    monkeypatch.setattr(documents, "ProcessPoolExecutor", refuse)
    entries = [entry(number) for number in range(5)]
    assert len(list(all_filled(entries))) == 5
    monkeypatch.setattr(documents, "MANY", 2)
    assert len(list(all_filled(entries, may_spread=False))) == 5


def test_words_of_one_meaning_share_a_number():
    found = [filled(entry(1, body=body)).texts["body_senses"][0].split() for body in ("費用", "経費", "住民")]
    assert set(found[0]) & set(found[1])
    assert not set(found[0]) & set(found[2])
