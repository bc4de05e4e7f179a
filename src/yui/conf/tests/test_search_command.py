"""``yui search``: what a program reads, and who sees what."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError

from yui.conf.cli import _match, find_commands
from yui.conf.commands.search import Command
from yui.kernel.search import SearchDocument, SearchSource, readiness, register_index, sources
from yui.kernel.search.public import rebuild


def document(number: int, **values) -> SearchDocument:
    """A record of 港区."""
    return SearchDocument(
        **{
            "urn": f"yui:registry.system:{number}",
            "kind": "registry.system",
            "pillar": "",
            "organisation_code": "131032",
            "visibility": "own",
            "participant_codes": (),
            "title": f"介護保険 {number}",
            "body": "<要介護>認定 & 給付",
            "url": f"/systems/{number}/",
            **values,
        }
    )


@pytest.fixture
def records(monkeypatch, organisations) -> list[SearchDocument]:
    """Thirty records of one ward, one of them for all wards."""
    found = [document(number) for number in range(30)] + [document(99, visibility="wards")]
    monkeypatch.setattr(sources, "_sources", {})
    register_index(SearchSource("registry.system", "x", lambda since: found, lambda identifier: None))
    return found


def run(*words: str) -> str:
    """What the command prints."""
    out = StringIO()
    command = Command(stdout=out)
    options = command.create_parser("yui", "search").parse_args(list(words))
    command.handle(**vars(options))
    return out.getvalue()


def test_the_fields_that_programs_read(records):
    rows = json.loads(run("介護保険", "--json", "--limit", "1"))
    assert [list(row) for row in rows] == [["kind", "id", "title", "score", "snippet"]]
    assert rows[0]["kind"] == "registry.system"
    assert rows[0]["id"] in {str(number) for number in (*range(30), 99)}
    assert rows[0]["title"].startswith("介護保険")
    assert rows[0]["score"] > 0
    assert rows[0]["snippet"] == "<要介護>認定 & 給付"


def test_the_limit_reaches_over_pages(records):
    assert len(json.loads(run("介護保険", "--json"))) == 10
    assert len({row["id"] for row in json.loads(run("介護保険", "--json", "--limit", "25"))}) == 25
    assert len(json.loads(run("介護保険", "--json", "--limit", "500"))) == 31


def test_a_person_finds_what_that_person_may_see(records, alice, charlie):
    assert len(json.loads(run("介護保険", "--json", "--limit", "99", "--as", alice.username))) == 31
    assert [row["id"] for row in json.loads(run("介護保険", "--json", "--as", charlie.username))] == ["99"]
    with pytest.raises(CommandError, match="nobody"):
        run("介護保険", "--as", "stranger")


def test_people_read_titles_and_excerpts(records):
    assert "yui:registry.system:99\t介護保険 99\n\t<要介護>認定" in run("介護保険 99", "--limit", "5")


def test_nothing_found_is_an_empty_list(records):
    assert json.loads(run("土木", "--json")) == []


def test_an_index_too_large_for_a_page_is_built(records, monkeypatch):
    monkeypatch.setattr(readiness, "_BUILD_AT_ONCE_SECONDS", 0.0)
    assert len(json.loads(run("介護保険", "--json"))) == 10


def test_the_old_index_serves_while_a_new_one_fails(records):
    rebuild()

    def broken(since):
        raise RuntimeError("the room's table is not there")

    register_index(SearchSource("registry.broken", "x", broken, lambda identifier: None))
    with pytest.raises(RuntimeError):
        rebuild()
    assert len(json.loads(run("介護保険", "--json"))) == 10


def test_the_words_that_call_it(db):
    commands = find_commands()
    assert _match(["search", "介護保険"], commands) == ("search",)
    assert _match(["search", "rebuild"], commands) == ("search", "rebuild")
    assert _match(["search", "update"], commands) == ("search", "update")
    assert _match(["search", "--", "rebuild"], commands) == ("search",)
    assert run("--", "rebuild") == ""
