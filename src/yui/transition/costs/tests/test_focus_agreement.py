"""Our verdicts beside those of the official validator, and the published list of where they differ."""

import json
from pathlib import Path

import pytest

from yui.transition.costs.engine.validation.amending import AMENDMENTS
from yui.transition.costs.engine.validation.choosing import ModelChoice
from yui.transition.costs.engine.validation.examination import examine
from yui.transition.costs.formats.rule_model import members_of, read_rule_model

ENGINE = {"threads": 1, "memory_limit": "400MB"}
DEVIATIONS = json.loads(AMENDMENTS.with_name("deviations.json").read_text(encoding="utf-8"))
LISTED = {rule for cause in DEVIATIONS["causes"] for rule in cause["rules"]}
VERDICTS = (
    "aws_1_2_rows100.all",
    "azure_1_2_rows100.all",
    "focus10_real_1000.all",
    "focus10_real_1000.default",
    "gen3000_aws_1_2.all",
)
PAGE = Path(__file__).parents[5] / "docs" / "focus-deviations.md"


@pytest.fixture
def model_file(shared_data):
    return shared_data / "costs" / "model" / "focus_requirements_model-1.2.json"


def both(shared_data, model_file, name, workspace):
    """The official results and our verdicts for one recorded run."""
    workspace.mkdir(parents=True, exist_ok=True)
    recorded = json.loads((shared_data / "costs" / "verdicts" / f"{name}.json").read_text())
    report = examine(
        shared_data / "costs" / "focus" / recorded["file"],
        workspace,
        engine=ENGINE,
        choice=ModelChoice(file=model_file),
        criteria=("ALL",) if recorded["criteria"] == "ALL" else (),
    )
    return recorded["rules_result"], {verdict.id: verdict for verdict in report.verdicts}


def different(official, ours):
    """The rules that the official validator decided and of which we say something else."""
    return {
        rule
        for rule, result in official.items()
        if result["status"] != "SKIPPED" and result["status"].lower() != ours[rule].status
    }


def below(rules, rule_id):
    """All rules that a composite holds, through other composites too."""
    found, waiting = set(), [rule_id]
    while waiting:
        members = set(members_of(rules[waiting.pop()])) - found if waiting else set()
        members = {member for member in members if member in rules}
        found |= members
        waiting += members
    return found


@pytest.mark.parametrize("name", VERDICTS)
def test_every_verdict_agrees_or_is_on_the_list(shared_data, model_file, tmp_path, name):
    official, ours = both(shared_data, model_file, name, tmp_path)
    rules = read_rule_model(model_file).rules
    # A composite follows its members: those on the list, and those that the official validator skips.
    decided_by_us_alone = {
        rule for rule, result in official.items() if result["status"] == "SKIPPED" and ours[rule].is_ours
    }
    explained = LISTED | decided_by_us_alone
    unexplained = {
        rule
        for rule in different(official, ours)
        if rule not in LISTED and not below(rules, rule) & explained
    }
    assert not unexplained
    assert len(official) == 578


def test_every_rule_on_the_list_does_differ(shared_data, model_file, tmp_path):
    seen = set()
    for name in VERDICTS:
        official, ours = both(shared_data, model_file, name, tmp_path / name)
        seen |= different(official, ours)
    assert seen >= LISTED


def test_more_than_sixty_rules_run_that_the_official_validator_skips(shared_data, model_file, tmp_path):
    official, ours = both(shared_data, model_file, "aws_1_2_rows100.all", tmp_path)
    skipped = [rule for rule, result in official.items() if result["status"] == "SKIPPED"]
    run = [rule for rule in skipped if ours[rule].status in {"pass", "fail"}]
    assert len(skipped) == 210
    assert len(run) >= 70


def test_the_real_sample_fails_where_it_should(shared_data, model_file, tmp_path):
    _official, ours = both(shared_data, model_file, "focus10_real_1000.all", tmp_path)
    assert ours["BilledCost-C-005-C"].failed_rows == 615
    assert ours["ContractedCost-C-003-M"].failed_rows == 7
    assert ours["ChargeFrequency-C-003-M"].examples[0].as_json() == {
        "row": 927,
        "column": "ChargeFrequency",
        "value": "Usage-based",
    }
    assert ours["InvoiceId-C-001-M"].reason == "column_absent"
    assert ours["ColumnHandling-A-010-M"].examples[0].value == "Id"


def test_the_page_tells_every_cause_and_rule():
    page = PAGE.read_text(encoding="utf-8")
    for cause in DEVIATIONS["causes"]:
        assert all(cause[part] for part in ("section", "official", "ours", "why"))
        assert cause["section"].split(":")[0].split(";")[0].split(",")[0] in page
        for rule in cause["rules"]:
            assert f"`{rule}`" in page
    assert len(LISTED) == sum(len(cause["rules"]) for cause in DEVIATIONS["causes"])
