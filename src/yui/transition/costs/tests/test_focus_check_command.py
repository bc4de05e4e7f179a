"""``yui costs validate``: its JSON, its words and its exit codes."""

import json
from io import StringIO

import pytest

from yui.transition.costs.commands import validate
from yui.transition.costs.tests.focus_rows import call, rule, write_focus, write_model, write_parquet


@pytest.fixture
def run(settings, tmp_path):
    """Run the command; return its exit code, its output and what it complains about."""
    settings.LAKE = tmp_path / "lake"
    settings.FOCUS_MODELS = tmp_path / "models"

    def call_command(*arguments):
        out, err, code = StringIO(), StringIO(), 0
        command = validate.Command(stdout=out, stderr=err)
        options = vars(command.create_parser("yui", "x").parse_args([str(each) for each in arguments]))
        try:
            command.handle(**options)
        except SystemExit as left:
            code = left.code
        return code, out.getvalue(), err.getvalue()

    return call_command


def test_json_tells_each_rule_and_a_summary(run, tmp_path):
    code, out, _err = run(write_focus(tmp_path / "bill.csv", {}, {"BilledCost": "x"}), "--json")
    told = json.loads(out)
    assert code == 1
    assert told["summary"]["fail"] == 2
    assert told["model"] == {"name": "Yui の規則 (FOCUS 1.2)", "official": False}
    rules = {each["id"]: each for each in told["rules"]}
    assert rules["BilledCost.type"]["status"] == "fail"
    assert rules["BilledCost.type"]["failed_rows"] == 1
    assert rules["BilledCost.type"]["examples"] == [{"row": 3, "column": "BilledCost", "value": "x"}]
    assert rules["EffectiveCost.type"]["status"] == "pass"


def test_a_good_file_leaves_with_zero_and_says_which_rules_were_used(run, tmp_path):
    code, out, _err = run(write_focus(tmp_path / "bill.csv", {}))
    assert code == 0
    assert "Yui の規則" in out and "fail=0" in out


def test_words_name_the_broken_rule_and_its_rows(run, tmp_path):
    code, out, _err = run(write_focus(tmp_path / "bill.csv", {"BilledCost": ""}), "--focus-version", "1.1")
    assert code == 1
    assert "BilledCost.filled" in out and "2: BilledCost = None" in out and "FOCUS 1.1" in out


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PAR1 damaged", b"\x1f\x8b damaged"])
def test_what_cannot_be_read_leaves_with_two(run, tmp_path, content):
    path = tmp_path / "bill.csv"
    path.write_bytes(content)
    code, out, err = run(path, "--json")
    assert (code, out) == (2, "")
    assert "bill.csv" in err and "Traceback" not in err


def test_wrong_options_leave_with_two(run, tmp_path):
    path = write_focus(tmp_path / "bill.csv", {})
    assert run(tmp_path / "absent.csv")[0] == 2
    for options in (["--focus-version", "7"], ["--criteria", "NOTHING"], ["--model", tmp_path / "none.json"]):
        assert run(path, *options)[0] == 2


def test_a_model_is_taken_from_the_option_or_the_folder(run, tmp_path):
    path = write_focus(tmp_path / "bill.csv", {"ServiceName": ""})
    rules = {"mine": rule(call("CheckNotValue", "ServiceName", Value=None))}
    code, out, _err = run(path, "--json", "--model", write_model(tmp_path / "mine.json", rules, "1.2"))
    assert code == 1
    assert json.loads(out)["model"] == {"name": "mine.json", "official": True}
    (tmp_path / "models").mkdir()
    write_model(tmp_path / "models" / "focus_requirements_model-1.2.json", rules, "1.2")
    assert [each["id"] for each in json.loads(run(path, "--json")[1])["rules"]] == ["mine"]
    other = json.loads(run(path, "--json", "--focus-version", "1.3")[1])
    assert other["model"]["official"] is False


def test_a_contract_commitment_is_examined_by_rules_of_its_own(run, tmp_path):
    path = write_parquet(
        tmp_path / "commitments.parquet",
        "SELECT 'c-1' AS ContractCommitmentId, 'Spent' AS ContractCommitmentCategory, "
        "'JPY' AS BillingCurrency",
    )
    told = json.loads(run(path, "--json")[1])
    broken = {each["id"] for each in told["rules"] if each["status"] == "fail"}
    assert told["dataset"] == "commitment"
    assert "ContractCommitmentCategory.value" in broken and "BilledCost.present" not in broken
