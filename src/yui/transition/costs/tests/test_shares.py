"""However many months and accounts a bill has, each gets a file of its own and nothing is lost."""

from decimal import Decimal

import duckdb
import pytest

from yui.transition.costs.engine import first_rows, shares
from yui.transition.costs.engine.conversion import convert_focus
from yui.transition.costs.tests.test_reading import ENGINE, csv_of


def convert(tmp_path, rows):
    path, workspace = tmp_path / "bill.csv", tmp_path / "work"
    path.write_text(csv_of(*rows), encoding="utf-8")
    workspace.mkdir()
    return convert_focus(path, workspace, engine=ENGINE)


def rows_of(share):
    with duckdb.connect() as database:
        relation = f"read_parquet('{share.path}')"
        return database.execute(
            f"SELECT DISTINCT x_month, x_part, count(*) OVER (), sum(BilledCost) OVER () FROM {relation}"
        ).fetchall()


@pytest.mark.parametrize("accounts", [1, 2, shares.MOST_COPIES, shares.MOST_COPIES + 3])
def test_every_share_has_exactly_its_own_rows(tmp_path, accounts):
    rows = [
        {"BillingAccountId": f"a{number % accounts}", "BilledCost": f"{number}.000000000000000001"}
        for number in range(4 * accounts)
    ]
    bill = convert(tmp_path, rows)
    assert [share.account for share in bill.shares] == sorted(f"a{number}" for number in range(accounts))
    for share in bill.shares:
        assert rows_of(share) == [(share.month, share.key, 4, share.billed["JPY"])]
    assert sum(share.rows for share in bill.shares) == len(rows)
    assert bill.billed["JPY"] == sum(Decimal(row["BilledCost"]) for row in rows)


def test_a_month_that_comes_late_in_the_file_is_found_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(first_rows, "LOOKED_AT", 1)
    bill = convert(tmp_path, [{}, {"BillingPeriodStart": "2026-06-01T00:00:00Z"}])
    assert [share.month for share in bill.shares] == ["2026-05", "2026-06"]
    for share in bill.shares:
        assert rows_of(share) == [(share.month, share.key, 1, Decimal("10.5"))]


@pytest.mark.parametrize(
    "written, read",
    [
        ("2026-05-01T00:00:00+09:00", "2026-04-30 15:00:00"),
        ("2026-05-01 00:00:00", "2026-05-01 00:00:00"),
        ("2026-05-01T00:00:00Z", "2026-05-01 00:00:00"),
        ("2026-05-01 00:00+09", "2026-04-30 15:00:00"),
        ("2026-05-01T00:00:00.5-01:00", "2026-05-01 01:00:00.5"),
        ("2026-05-01", "2026-05-01 00:00:00"),
    ],
)
def test_plain_and_zoned_times_mean_the_same_instant(tmp_path, written, read):
    (share,) = convert(tmp_path, [{"ChargePeriodStart": written}]).shares
    with duckdb.connect() as database:
        found = database.execute(f"SELECT ChargePeriodStart::VARCHAR FROM '{share.path}'").fetchone()
    assert found == (read,)


def stored_times(tmp_path, written):
    """The stored beginnings of charges whose cells are written so, and how many rows were refused."""
    bill = convert(tmp_path, [{"ChargePeriodStart": text} for text in written])
    with duckdb.connect() as database:
        paths = [str(share.path) for share in bill.shares]
        found = database.execute("SELECT ChargePeriodStart::VARCHAR FROM read_parquet($p)", {"p": paths})
        return sorted(row[0] for row in found.fetchall()), bill.rows_rejected


@pytest.mark.parametrize(
    "late, read",
    [
        ("2026-05-01T09:00:00+09:00", "2026-05-01 00:00:00"),
        ("2026-05-01 03:00:00", "2026-05-01 03:00:00"),
        ("2026-05-01T24:00:00Z", "2026-05-02 00:00:00"),
        ("infinity", "infinity"),
        ("-infinity", "-infinity"),
        ("epoch", "1970-01-01 00:00:00"),
    ],
)
def test_a_time_written_otherwise_late_in_the_file_is_read_all_the_same(tmp_path, monkeypatch, late, read):
    monkeypatch.setattr(first_rows, "LOOKED_AT", 1)
    found, rejected = stored_times(tmp_path, ["2026-05-01T01:00:00Z", late])
    assert (sorted(["2026-05-01 01:00:00", read]), 0) == (found, rejected)


def test_a_wrong_time_late_in_the_file_is_refused_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(first_rows, "LOOKED_AT", 1)
    found, rejected = stored_times(tmp_path, ["2026-05-01T01:00:00Z", "2026-02-30T00:00:00Z"])
    assert (found, rejected) == (["2026-05-01 01:00:00"], 1)


def test_rows_unlike_the_first_get_their_own_month_provider_and_part(tmp_path, monkeypatch):
    monkeypatch.setattr(first_rows, "LOOKED_AT", 1)
    other = {"ProviderName": "別の\x01事業者", "BillingAccountId": "b"}
    bill = convert(tmp_path, [{}, other, {"BillingPeriodStart": "2026-06-01T00:00:00Z"}])
    rows = [row for share in bill.shares for row in rows_of(share)]
    assert len(rows) == 3 and all(count == 1 for _month, _part, count, _sum in rows)
    assert ("2026-05", "別の事業者 / b", 1, Decimal("10.5")) in rows
    assert {row[0] for row in rows} == {"2026-05", "2026-06"}
