"""``yui soc retrohunt``: one rule over what is stored."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from yui.kernel.calendar_jp import now
from yui.security.soc.commands import retrohunt
from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.event_store.clocks import DAY, microseconds
from yui.security.soc.event_store.writing import EventStore
from yui.security.soc.tests.rule_data import add_rules, rule_text
from yui.security.soc.tests.test_store_append import OTHER, WARD, ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(organisations):
    recent = microseconds(now()) - DAY
    for ward in (WARD, OTHER):
        records = [
            LogRecord(
                LogSource("windows", "process_creation"),
                recent - age * DAY,
                {"Image": "C:\\mimikatz.exe"},
                "r",
            )
            for age in (0, 20)
        ]
        EventStore().append(ward, records, [recent] * 2, ids(1, 2))


@pytest.fixture
def rule_file(tmp_path):
    path = tmp_path / "rule.yml"
    path.write_text(rule_text("mimikatz"), "utf-8")
    return path


def told(*options):
    out = StringIO()
    call_command(retrohunt.Command(), *map(str, options), "--json", stdout=out)
    *matches, summary = [json.loads(line) for line in out.getvalue().splitlines()]
    return matches, summary


def rule_id(path):
    return next(line.split()[1] for line in path.read_text("utf-8").splitlines() if line.startswith("id:"))


def test_a_rule_of_a_file_finds_what_is_stored(stored, rule_file):
    matches, summary = told("--rule", rule_id(rule_file), "--rules", rule_file, "--days", 30)
    assert len(matches) == summary["matches"] == 4
    assert {(one["ward"], one["author"], one["licence"]) for one in matches} == {
        (WARD, "A. Author", "DRL 1.1"), (OTHER, "A. Author", "DRL 1.1"),
    }  # fmt: skip
    assert matches[0]["matched"][0]["field"] == "Image"
    assert matches[0]["event"] == {"Image": "C:\\mimikatz.exe"}
    assert not summary["is_cut"]


def test_days_wards_and_number_are_limited(stored, system_actor):
    (rule,) = add_rules(system_actor, "mimikatz")
    matches, _ = told("--rule", rule.rule_id, "--days", 10, "--ward", WARD)
    assert [one["ward"] for one in matches] == [WARD]
    matches, summary = told("--rule", rule.rule_id, "--days", 30, "--most", 1)
    assert (len(matches), summary["is_cut"]) == (1, True)


@pytest.mark.parametrize(
    "options, words",
    [
        (["--rule", "nowhere"], "no such rule"),
        (["--rule", "x", "--days", "0"], "above zero"),
        (["--rule", "x", "--ward", "999999"], "999999"),
        (["--rule", "x", "--rules", "/nowhere.yml"], "nowhere.yml"),
    ],
)
def test_what_cannot_be_is_told(organisations, options, words):
    with pytest.raises(CommandError, match=words):
        told(*options)


def test_people_read_lines(stored, rule_file):
    out = StringIO()
    call_command(retrohunt.Command(), "--rule", rule_id(rule_file), "--rules", str(rule_file), stdout=out)
    assert "Use of mimikatz" in out.getvalue()
    assert "4 matches" in out.getvalue()
