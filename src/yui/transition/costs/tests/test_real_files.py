"""Every real file is taken in, to the last decimal."""

from decimal import Decimal

import duckdb
import pytest

from yui.kernel.lake.reach import Reach
from yui.kernel.lake.reading import Source, fetch_rows
from yui.kernel.policy import Actor
from yui.transition.costs.facts import CHARGES, COMMITMENTS
from yui.transition.costs.queries.monthly import costs_visible_to, summarise

pytestmark = pytest.mark.django_db
USAGE = [
    ("focus10_real_anonymised_1000.csv", "1.0"),
    ("aws_1_2_cost_and_usage_rows100_seed42.csv", "1.2"),
    ("azure_1_2_cost_and_usage_rows100_seed42.csv", "1.2"),
    ("gen3000_focus_1_2_cost_and_usage_aws.csv", "1.2"),
    ("aws_1_3_cost_and_usage_rows100_seed42.csv", "1.3"),
    ("azure_1_3_cost_and_usage_rows100_seed42.csv", "1.3"),
    ("gen3000_focus_1_3_cost_and_usage_aws.csv", "1.3"),
]
COMMITTED = [
    "aws_1_3_contract_commitment_rows100_seed42.csv",
    "azure_1_3_contract_commitment_rows100_seed42.csv",
    "gen3000_focus_1_3_contract_commitment_aws.csv",
]


def raw_totals(path):
    """What DuckDB itself makes of the raw file, with room for every digit."""
    query = (
        "SELECT count(*), sum(BilledCost::DECIMAL(38, 20)), sum(EffectiveCost::DECIMAL(38, 20)) "
        f"FROM read_csv('{path}', all_varchar = true, nullstr = ['NULL', ''])"
    )
    with duckdb.connect() as database:
        return database.execute(query).fetchone()


@pytest.mark.parametrize("name, version", USAGE)
def test_a_usage_file_keeps_its_totals_to_the_last_decimal(shared_data, take_in, name, version):
    path = shared_data / "costs" / "focus" / name
    rows, billed, effective = raw_totals(path)
    outcome = take_in(path)
    assert (outcome.kind, outcome.bill.version) == ("focus", version)
    assert (outcome.rows_read, outcome.rows_accepted, outcome.rows_rejected) == (rows, rows, 0)
    assert outcome.billed == {"USD": billed}
    stored = fetch_rows(
        "SELECT count(*), sum(BilledCost), sum(EffectiveCost) FROM {lake}",
        {"lake": Source(CHARGES, Reach.everything("a test"))},
    )
    assert stored == [(rows, billed, effective)]
    costs = costs_visible_to(Actor.system("test"))
    for metric, total in (("billed", billed), ("effective", effective)):
        cells = summarise(costs, ("system", "month"), metric)
        assert sum((cell.amounts["USD"] for cell in cells), Decimal(0)) == total


@pytest.mark.parametrize("name", COMMITTED)
def test_contract_commitments_go_into_their_own_dataset(shared_data, take_in, name):
    path = shared_data / "costs" / "focus" / name
    outcome = take_in(path)
    assert (outcome.kind, outcome.bill.version, outcome.rows_rejected) == ("commitment", "1.3", 0)
    everything = Reach.everything("a test")
    counted = fetch_rows("SELECT count(*) FROM {lake}", {"lake": Source(COMMITMENTS, everything)})
    assert counted == [(outcome.rows_accepted,)]
    assert fetch_rows("SELECT count(*) FROM {lake}", {"lake": Source(CHARGES, everything)}) == [(0,)]


def test_nulls_of_the_real_sample_are_notes_and_not_refusals(shared_data, take_in):
    outcome = take_in(shared_data / "costs" / "focus" / "focus10_real_anonymised_1000.csv")
    assert any("ContractedCost" in note and "7" in note for note in outcome.notes)
    assert any("Id" in note for note in outcome.notes)
    tags = fetch_rows(
        "SELECT DISTINCT x_tag_application FROM {lake} WHERE x_tag_application = 'BrightLensMatrix'",
        {"lake": Source(CHARGES, Reach.everything("a test"))},
    )
    assert tags == [("BrightLensMatrix",)]


def test_the_ministrys_indicators_are_kept_and_said_to_hold_no_total(shared_data, take_in, organisations):
    from yui.transition.costs.models import FiscalIndicator, TotalExpenditure

    path = shared_data / "costs" / "reference" / "soumu_shichoson_shuyo_zaisei_shihyo.csv"
    outcome = take_in(path)
    assert (outcome.kind, outcome.rows_accepted, outcome.rows_rejected) == ("expenditure", 23, 0)
    assert outcome.rows_read == outcome.rows_accepted + outcome.rows_outside
    assert any("歳出総額は入っていない" in note for note in outcome.notes)
    chiyoda = FiscalIndicator.objects.owned_by(organisations["131016"])
    assert chiyoda.get(name="実質公債費比率").value == Decimal("-1.1")
    assert not chiyoda.filter(name="将来負担比率").exists()
    assert TotalExpenditure.objects.unscoped("test").count() == 0
    assert take_in(path).is_new is False
