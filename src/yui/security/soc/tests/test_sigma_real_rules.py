"""The published rules, the golden files and the regression cases of the data folder."""

import gzip
import json
from pathlib import Path

import pytest
import yaml

from yui.security.soc.engine.records import LogRecord
from yui.security.soc.engine.sigma.loading import LoadedRules, load_rules
from yui.security.soc.engine.sigma.matching import detect
from yui.security.soc.formats.reading import read_records
from yui.security.soc.formats.rule_archives import read_rule_path

GOLDEN_LINES = {"metasploit_nanodump_lsass_memory_dump": 8_000}


@pytest.fixture(scope="module")
def every_rule(shared_data, tmp_path_factory) -> LoadedRules:
    files = read_rule_path(shared_data / "soc" / "sigma" / "rules.tar.gz")
    assert files.unread == ()
    return load_rules(files.texts, cache=tmp_path_factory.mktemp("rules"))


@pytest.fixture(scope="module")
def windows(every_rule):
    return every_rule.rules.subset(
        rule.id
        for rule in every_rule.rules
        if "rules/windows/" in f"/{rule.place}" or rule.place.startswith("windows/")
    )


def test_every_published_rule_can_be_evaluated(every_rule):
    assert every_rule.unsupported == ()
    assert every_rule.loaded == every_rule.parsed == 3_141


def test_every_published_rule_keeps_its_author(every_rule):
    assert [rule.place for rule in every_rule.rules if not rule.author] == []


@pytest.mark.parametrize(
    "name",
    [
        "empire_launcher_vbs",
        "empire_mimikatz_logonpasswords",
        "empire_psexec_dcerpc_tcp_svcctl",
        "empire_schtasks_creation_standard_user",
        "empire_shell_net_local_users",
        "empire_uac_shellapi_fodhelper",
        "metasploit_nanodump_lsass_memory_dump",
        "psh_mshta_html_application_execution",
    ],
)
def test_golden_file_line_for_line(shared_data, windows, name):
    folder = shared_data / "soc"
    with gzip.open(folder / "golden" / f"{name}.jsonl.gz", "rt") as lines:
        golden = [(one["line"], one["rule"]) for one in map(json.loads, lines)]
    (archive,) = (folder / "otrf").rglob(f"{name}.zip")
    most = GOLDEN_LINES.get(name, 10**9)
    records = []
    for item in read_records(archive):
        assert isinstance(item, LogRecord)
        records.append(item)
        if len(records) == most:
            break
    found = [
        (int(records[match.position].place.rpartition(":")[2]) - 1, match.rule.id)
        for match in detect(windows, records)
    ]
    assert sorted(found) == sorted(one for one in golden if one[0] < most)


# Cases whose file holds more events that fit the rule than the case counts; see docs/sigma.md.
MORE_THAN_COUNTED = {
    "8fbf3271-1ef6-4e94-8210-03c2317947f6": 3,
    "45e112d0-7759-4c2a-aa36-9f8fb79d3393": 3,
}


def test_regression_cases_of_sigmahq(shared_data, every_rule):
    cases = sorted((shared_data / "soc" / "sigma" / "regression_data").rglob("info.yml"))
    missed, counted_otherwise = [], {}
    for info in cases:
        case = yaml.safe_load(info.read_text())
        rule_id = case["rule_metadata"][0]["id"]
        (file,) = Path(info).parent.glob("*.evtx.gz")
        records = [item for item in read_records(file) if isinstance(item, LogRecord)]
        found = [match for match in detect(every_rule.rules, records) if match.rule.id == rule_id]
        expected = case["regression_tests_info"][0].get("match_count")
        if not found:
            missed.append(rule_id)
        elif expected is not None and len(found) != expected:
            counted_otherwise[rule_id] = len(found)
    assert len(cases) == 94
    assert missed == []
    assert counted_otherwise == MORE_THAN_COUNTED
