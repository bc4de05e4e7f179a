"""Only what the manifest names is visible; what was written is exact."""

from datetime import datetime
from decimal import Decimal

import pyarrow as pa
import pytest
from django.db import transaction

from yui.kernel.lake.datasets import Dataset
from yui.kernel.lake.errors import LakeQueryTooLong, UnsafeName
from yui.kernel.lake.models import LakeFile
from yui.kernel.lake.publishing import publish, supersede, withdraw
from yui.kernel.lake.reach import Reach
from yui.kernel.lake.reading import Source, connection, fetch, fetch_rows
from yui.kernel.lake.staging import stage
from yui.kernel.lake.tests.conftest import SCHEMA
from yui.kernel.lake.upkeep import sweep, verify

pytestmark = pytest.mark.django_db
ALL = Reach.everything("a test")


def facts(*amounts, label="a"):
    rows = [{"amount": Decimal(a), "label": label, "at": datetime(2026, 5, 1)} for a in amounts]
    return [pa.RecordBatch.from_pylist(rows, schema=SCHEMA)]


def put(dataset, *amounts, code="131032", month="2026-05", batch="b1", part=""):
    staged = stage(dataset, facts(*amounts), organisation_code=code, month=month, part=part)
    publish([staged], batch=batch)
    return staged


def total(dataset, **limits):
    reach = limits.pop("reach", ALL)
    return fetch_rows("SELECT sum(amount) FROM {lake}", {"lake": Source(dataset, reach, **limits)})[0][0]


def test_staged_facts_are_invisible_until_they_are_published(lake, dataset):
    staged = stage(dataset, facts("1.5"), organisation_code="131032", month="2026-05")
    assert total(dataset) is None
    publish([staged], batch="b1")
    assert total(dataset) == Decimal("1.5")


def test_a_rolled_back_publication_shows_nothing_and_is_swept(lake, dataset):
    with pytest.raises(RuntimeError), transaction.atomic():
        put(dataset, "7")
        raise RuntimeError
    assert total(dataset) is None
    assert sweep(older_than_hours=24) == []
    assert len(sweep(older_than_hours=0)) == 1
    assert not list(lake.glob("**/*.parquet"))


def test_the_sweeper_leaves_what_the_manifest_names(lake, dataset):
    put(dataset, "1")
    withdraw("b1")
    assert sweep(older_than_hours=0) == []
    assert list(verify()) == []


def test_amounts_keep_eighteen_decimals_through_sums(lake, dataset):
    put(dataset, "0.000000000000000001", "65892.595923571790000000", "-0.1")
    assert total(dataset) == Decimal("65892.495923571790000001")


def test_reading_is_limited_by_organisation_month_batch_and_part(lake, dataset):
    put(dataset, "1", part="x")
    put(dataset, "2", code="131041", batch="b2")
    put(dataset, "4", month="2026-06", batch="b3")
    assert total(dataset) == 7
    assert total(dataset, organisations=["131041"]) == 2
    assert total(dataset, months=["2026-06"]) == 4
    assert total(dataset, batches=["b1", "b2"]) == 3
    assert total(dataset, parts=["x"]) == 1
    assert total(dataset, reach=Reach(frozenset({"131041"}), None, "test")) == 2
    assert total(dataset, reach=Reach(frozenset({"131041"}), None, "test"), organisations=["131032"]) is None
    assert total(dataset, reach=Reach.of_batches(["b3"])) == 4
    assert total(dataset, reach=Reach.of_batches([])) is None


def test_codes_and_months_read_as_text(lake, dataset):
    put(dataset, "1")
    rows = fetch_rows("SELECT organisation, month FROM {lake}", {"lake": Source(dataset, ALL)})
    assert rows == [("131032", "2026-05")]


def test_superseded_facts_disappear_and_stay_on_the_disk(lake, dataset):
    old = put(dataset, "1")
    put(dataset, "5", batch="b2")
    files = LakeFile.objects.filter(batch="b1")
    assert supersede(files, by="b2") == 1
    assert supersede(files, by="b2") == 0
    assert total(dataset) == 5
    assert (lake / old.path).exists()
    assert LakeFile.objects.get(batch="b1").superseded_by == "b2"


def test_the_same_bytes_make_the_same_file(lake, dataset):
    first, second = put(dataset, "1"), put(dataset, "1", batch="b2")
    assert first.path == second.path
    assert len(list(lake.glob("**/*.parquet"))) == 1


def test_an_older_file_reads_null_in_a_newer_column_and_keeps_its_own(lake, dataset):
    put(dataset, "1")
    wider = Dataset("test_facts", SCHEMA.append(pa.field("colour", pa.string())))
    extra = pa.table({"amount": pa.array([Decimal(2)], pa.decimal128(38, 18)), "odd": ["kept"]})
    publish([stage(wider, [extra], organisation_code="131032", month="2026-05")], batch="b2")
    rows = fetch_rows(
        "SELECT amount, colour, odd, label FROM {lake} ORDER BY 1", {"lake": Source(wider, ALL)}
    )
    assert rows == [(Decimal(1), None, None, "a"), (Decimal(2), None, "kept", None)]


def test_an_empty_lake_answers_with_the_schema(lake, dataset):
    table = fetch("SELECT * FROM {lake}", {"lake": Source(dataset, ALL)})
    assert table.num_rows == 0
    assert table.schema.names == ["amount", "label", "at", "organisation", "month"]
    assert table.schema.field("amount").type == pa.decimal128(38, 18)


@pytest.mark.parametrize("code, month", [("../../etc", "2026-05"), ("131032", "2026-05/.."), ("", "2026-05")])
def test_codes_and_months_cannot_leave_their_folder(lake, dataset, code, month):
    with pytest.raises(UnsafeName):
        stage(dataset, facts("1"), organisation_code=code, month=month)


def test_queries_cannot_read_files_outside_the_lake(lake, dataset, tmp_path):
    import duckdb

    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    with pytest.raises(duckdb.PermissionException):
        fetch_rows(f"SELECT * FROM read_csv('{secret}')", {})


def test_every_damage_is_found(lake, dataset):
    flipped, cut, lost = put(dataset, "1"), put(dataset, "2", batch="b2"), put(dataset, "3", batch="b3")
    path = lake / flipped.path
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    (lake / cut.path).write_bytes(b"PAR1")
    (lake / lost.path).unlink()
    damaged = {damage.path for damage in verify()}
    assert damaged == {flipped.path, cut.path, lost.path}


def test_a_lost_file_is_said_to_be_lost(lake, dataset):
    from yui.kernel.lake.errors import LakeFileMissing

    staged = put(dataset, "3")
    (lake / staged.path).unlink()
    with pytest.raises(LakeFileMissing):
        total(dataset)


def test_every_query_works_in_utc_and_keeps_footers():
    wanted = "SELECT current_setting('TimeZone'), current_setting('parquet_metadata_cache')"
    assert connection().execute(wanted).fetchone() == ("UTC", True)


def test_a_query_that_takes_too_long_is_stopped_and_says_so(lake, dataset):
    with pytest.raises(LakeQueryTooLong, match=r"0\.2"):
        fetch_rows("SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b", {}, seconds=0.2)
    assert fetch_rows("SELECT 1", {}, seconds=5) == [(1,)]
