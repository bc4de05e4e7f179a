"""However many months and accounts a bill has, each gets a file of its own and nothing is lost."""

from decimal import Decimal

import duckdb
import pytest

from yui.transition.costs.engine import conversion, shares
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
    monkeypatch.setattr(conversion, "LOOKED_AT", 1)
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
