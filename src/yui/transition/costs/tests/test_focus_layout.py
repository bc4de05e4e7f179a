"""Datasets and versions are told from the columns."""

import json

import pytest

from yui.transition.costs.formats.errors import ColumnsMissing, ColumnTwice, NotFocus
from yui.transition.costs.formats.focus import CHARGES, COMMITMENT, columns_of, mandatory, recognise
from yui.transition.costs.formats.focus_columns import VERSIONS, Kind


@pytest.mark.parametrize("version", VERSIONS)
def test_a_file_with_every_column_of_a_version_is_of_that_version(version):
    columns = [column.name for column in columns_of(CHARGES) if column.is_in(version)]
    layout = recognise(columns)
    assert (layout.dataset, layout.version, layout.missing) == (CHARGES, version, ())


@pytest.mark.parametrize("version", ["1.3", "1.4"])
def test_commitments_are_recognised(version):
    columns = [column.name for column in columns_of(COMMITMENT) if column.is_in(version)]
    assert recognise(columns).version == version
    assert recognise(columns).dataset == COMMITMENT


@pytest.mark.parametrize("version, count", [("1.0", 21), ("1.1", 21), ("1.2", 21), ("1.3", 23), ("1.4", 21)])
def test_each_version_makes_as_many_columns_mandatory_as_the_standard(version, count):
    assert len(mandatory(CHARGES, version)) == count


def test_the_columns_are_those_of_the_standards_model(shared_data):
    path = shared_data / "costs" / "model" / "focus_1_4_model.json"
    model = json.loads(path.read_text(encoding="utf-8"))["datasets"]
    kinds = {"String": Kind.TEXT, "Decimal": Kind.NUMBER, "Date/Time": Kind.TIME, "JSON": Kind.JSON}
    for dataset, title in ((CHARGES, "Cost and Usage"), (COMMITMENT, "Contract Commitment")):
        ours = {
            column.name: (column.level.value, column.kind, column.allows_null)
            for column in columns_of(dataset)
            if column.is_in("1.4")
        }
        theirs = {
            name: (column["feature_level"].lower(), kinds[column["data_type"]], column["allows_nulls"])
            for name, column in model[title]["columns"].items()
        }
        assert ours == theirs


def test_the_rules_of_1_2_ask_for_the_same_mandatory_columns(shared_data):
    path = shared_data / "costs" / "model" / "focus_requirements_model-1.2.json"
    rules = json.loads(path.read_text(encoding="utf-8"))["ModelRules"].values()
    asked = {
        rule["Reference"]
        for rule in rules
        if rule["Function"] == "Presence"
        and rule["ValidationCriteria"].get("Keyword") == "MUST"
        and not rule.get("ApplicabilityCriteria")
    }
    assert set(mandatory(CHARGES, "1.2")) <= asked | {"BillingAccountName"}


def test_case_and_spaces_of_headings_do_not_matter():
    columns = [f" {column.name.upper()} " for column in columns_of(CHARGES) if column.is_in("1.2")]
    assert recognise(columns).names == tuple(c.name for c in columns_of(CHARGES) if c.is_in("1.2"))


def test_missing_repeated_and_foreign_columns_are_told():
    columns = [column.name for column in columns_of(CHARGES) if column.is_in("1.2")]
    with pytest.raises(ColumnsMissing) as missing:
        recognise([name for name in columns if name not in {"BilledCost", "ServiceName"}])
    assert set(missing.value.names) == {"BilledCost", "ServiceName"}
    with pytest.raises(ColumnTwice):
        recognise([*columns, "billedcost"])
    with pytest.raises(NotFocus):
        recognise(["年度", "団体コード", "歳出総額"])
    with pytest.raises(ColumnsMissing):
        recognise([name for name in columns if name != "ProviderName"])


def test_columns_of_the_provider_cannot_take_our_names():
    columns = [column.name for column in columns_of(CHARGES) if column.is_in("1.0")]
    assert recognise([*columns, "month", "Id"]).names[-2:] == ("x_source_month", "Id")
