"""Facts of one hour lie in a folder of their own, and wide files are read by the columns asked for."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from yui.kernel.lake.errors import UnsafeName
from yui.kernel.lake.publishing import publish
from yui.kernel.lake.reach import Reach
from yui.kernel.lake.reading import Source, fetch_rows
from yui.kernel.lake.staging import stage_file, workspace
from yui.kernel.lake.tests.test_publication import ALL
from yui.kernel.lake.upkeep import sweep, verify

pytestmark = pytest.mark.django_db
HOUR = "2026-11-26T13"


def put(dataset, columns, *, code="131032", part=HOUR, folder=HOUR, batch="b1"):
    with workspace() as place:
        path = place / "written.parquet"
        pq.write_table(pa.table(columns), path)
        staged = stage_file(dataset, path, organisation_code=code, month=part[:7], part=part, folder=folder)
    publish([staged], batch=batch)
    return staged


def names(dataset, reach=ALL, **limits):
    source = Source(dataset, reach, columns={"label": "VARCHAR", "Odd": "VARCHAR"}, **limits)
    return fetch_rows('SELECT label, "Odd", organisation, month FROM {lake} ORDER BY ALL', {"lake": source})


def test_a_file_lies_in_its_hour_and_is_swept_and_verified_like_others(lake, dataset):
    staged = put(dataset, {"label": ["a"]})
    assert f"/month=2026-11/{HOUR}/part-" in staged.path
    assert (lake / staged.path).is_file()
    orphan = (lake / staged.path).with_name("part-orphan.parquet")
    orphan.write_bytes(b"x")
    assert sweep(older_than_hours=0) == [orphan.relative_to(lake).as_posix()]
    assert (lake / staged.path).is_file()
    assert list(verify()) == []


@pytest.mark.parametrize("folder", ["..", "2026-11-26T13/..", "2026-11-26T1", "x"])
def test_a_folder_cannot_leave_its_month(lake, dataset, folder):
    with pytest.raises(UnsafeName):
        put(dataset, {"label": ["a"]}, folder=folder)


def test_columns_asked_for_are_null_where_a_file_lacks_them(lake, dataset):
    put(dataset, {"label": ["a"], "ODD": ["yes"], "more": [1]})
    put(dataset, {"label": ["b"]}, batch="b2")
    put(dataset, {"label": ["c"], "odd": [7]}, batch="b3")
    month = ("131032", "2026-11")
    assert names(dataset) == [("a", "yes", *month), ("b", None, *month), ("c", "7", *month)]
    other = Reach(frozenset({"131041"}), None, "test")
    assert names(dataset, other) == []


def test_hours_are_chosen_in_the_order_of_their_text(lake, dataset):
    for hour, label in (("2026-11-25T23", "a"), ("2026-11-26", "day"), (HOUR, "b"), ("2026-11-26T14", "c")):
        put(dataset, {"label": [label]}, part=hour, folder=hour, batch=hour)
    assert [row[0] for row in names(dataset, part_range=("2026-11-26", HOUR))] == ["b", "day"]
    assert [row[0] for row in names(dataset, part_range=("2026-11-26T14", "2026-11-27"))] == ["c"]
