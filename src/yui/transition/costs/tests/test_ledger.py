"""The 契約・支出 ledger becomes FOCUS rows of all six 経費区分."""

from datetime import date
from decimal import Decimal

import pytest

from yui.kernel.policy import Actor
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.formats.errors import ColumnsMissing
from yui.transition.costs.formats.ledger import CATEGORIES, read_ledger
from yui.transition.costs.queries.monthly import costs_visible_to, summarise

HEADING = "年度,団体コード,会計,款項目,節細節,契約番号,事業者,業務コード,経費区分,税込額,支払日,期間\n"
LINE = "2026,131032,一般会計,総務費,委託料,K-1,架空事業者,jumin,{category},{amount},{paid},{period}\n"


def line(category="通信回線", amount="1,000", paid="2026-05-20", period=""):
    amount = f'"{amount}"' if "," in amount else amount
    return LINE.format(category=category, amount=amount, paid=paid, period=period)


@pytest.fixture
def written(tmp_path):
    def write(*lines, encoding="utf-8"):
        path = tmp_path / "ledger.csv"
        path.write_bytes((HEADING + "".join(lines)).encode(encoding))
        return path

    return write


def test_every_category_is_known():
    assert set(CATEGORIES.values()) == set(CostCategory.values)
    assert {str(category.label) for category in CostCategory} <= set(CATEGORIES)


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
@pytest.mark.parametrize("amount, yen", [("1,000", 1000), ("▲1,000", -1000), ("１０００円", 1000)])
def test_amounts_are_read_as_people_write_them(written, encoding, amount, yen):
    ledger = read_ledger(written(line(amount=amount), encoding=encoding), "131032")
    assert [row["BilledCost"] for row in ledger.rows] == [Decimal(yen)]


@pytest.mark.parametrize(
    "period, start, end",
    [
        ("", date(2026, 5, 1), date(2026, 6, 1)),
        ("2026-04〜2027-03", date(2026, 4, 1), date(2027, 4, 1)),
        ("2026-04-01/2027-03-31", date(2026, 4, 1), date(2027, 4, 1)),
        ("令和8年4月1日～令和9年3月31日", date(2026, 4, 1), date(2027, 4, 1)),
        ("2026年5月", date(2026, 5, 1), date(2026, 6, 1)),
    ],
)
def test_periods_are_read(written, period, start, end):
    (row,) = read_ledger(written(line(paid="令和8年5月20日", period=period)), "131032").rows
    assert (row["ChargePeriodStart"].date(), row["ChargePeriodEnd"].date()) == (start, end)
    assert row["x_month"] == "2026-05"


@pytest.mark.parametrize(
    "bad, column",
    [
        (line(category="交際費"), "経費区分"),
        (line(amount="千円くらい"), "税込額"),
        (line(amount="-"), "税込額"),
        (line(paid="2026-13-01"), "支払日"),
        (line(paid="1926-05-01"), "支払日"),
        (line(period="いつでも"), "期間"),
        (line(period="2027-04〜2026-03"), "期間"),
        (line().replace("131032", "131041"), "団体コード"),
    ],
)
def test_a_bad_line_is_named(written, bad, column):
    ledger = read_ledger(written(line(), bad), "131032")
    assert (len(ledger.rows), ledger.rows_read) == (1, 2)
    assert [(problem.row, problem.column) for problem in ledger.problems] == [(3, column)]


def test_a_missing_column_refuses_the_file(tmp_path):
    path = tmp_path / "ledger.csv"
    path.write_text(
        "年度,団体コード,事業者,経費区分,支払日\n2026,131032,x,通信回線,2026-05-01\n", encoding="utf-8"
    )
    with pytest.raises(ColumnsMissing) as refused:
        read_ledger(path, "131032")
    assert refused.value.names == ("税込額",)


@pytest.mark.django_db
def test_a_ledger_stands_beside_the_cloud_in_one_store(take_in, bill_file, written):
    take_in(bill_file({}))
    outcome = take_in(written(line(), line("データ連携", "7", "2026-06-01")))
    assert (outcome.kind, outcome.billed) == ("ledger", {"JPY": Decimal(1007)})
    cells = summarise(costs_visible_to(Actor.system("test")), ("category", "month"))
    assert {cell.key: cell.amounts["JPY"] for cell in cells} == {
        ("cloud", "2026-05"): Decimal("10.5"),
        ("line", "2026-05"): 1000,
        ("data_link", "2026-06"): 7,
    }
