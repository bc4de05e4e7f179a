"""Totals of expenditure in every layout, kept for the organisations that the importer answers for."""

import json
from decimal import Decimal

import pytest

from yui.kernel.exchange.errors import FileRefused
from yui.transition.costs.formats.errors import AmbiguousItem, KindNotRecognised
from yui.transition.costs.formats.expenditure import read_expenditure, unit_of
from yui.transition.costs.models import TotalExpenditure

OWN = '年度,団体コード,歳出総額(千円)\n2025,131032,"165,000,000"\n令和6年度,131041,150000000\n2025,011002,9\n'
E_STAT = {
    "GET_STATS_DATA": {
        "STATISTICAL_DATA": {
            "CLASS_INF": {
                "CLASS_OBJ": [
                    {
                        "@id": "cat01",
                        "CLASS": [{"@code": "A", "@name": "歳入総額"}, {"@code": "B", "@name": "歳出総額"}],
                    }
                ]
            },
            "DATA_INF": {
                "VALUE": [
                    {"@cat01": "A", "@area": "13103", "@time": "2024100000", "@unit": "千円", "$": "1"},
                    {"@cat01": "B", "@area": "13103", "@time": "2024100000", "@unit": "千円", "$": "165000"},
                    {"@cat01": "B", "@area": "13104", "@time": "2024100000", "@unit": "千円", "$": "-"},
                ]
            },
        }
    }
}


@pytest.fixture
def written(tmp_path):
    def write(text, name="totals.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_our_own_layout_is_read_with_its_unit(written, encoding):
    file = read_expenditure(written(OWN, encoding=encoding))
    assert [(row.code, row.fiscal_year, row.amount_yen) for row in file.totals] == [
        ("131032", 2025, 165_000_000_000),
        ("131041", 2024, 150_000_000_000),
        ("011002", 2025, 9_000),
    ]


def test_a_workbook_is_read_and_lost_zeros_and_check_digits_come_back(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    for row in [
        ["年度", "団体コード", "歳出総額(円)", "区分"],
        [2025, 13103, 5, "予算"],
        [2025, 11002, 6, "決算"],
    ]:
        book.active.append(row)
    book.save(tmp_path / "totals.xlsx")
    file = read_expenditure(tmp_path / "totals.xlsx")
    assert [(row.code, row.amount_yen, row.is_budget) for row in file.totals] == [
        ("131032", 5, True),
        ("011002", 6, False),
    ]


@pytest.mark.parametrize(
    "line, column",
    [
        ("2025,131033,5", "団体コード"),
        ("来年,131032,5", "年度"),
        ("2025,131032,たくさん", "歳出総額(千円)"),
        ("2025,131032,▲5", "歳出総額(千円)"),
    ],
)
def test_a_bad_cell_is_named(written, line, column):
    file = read_expenditure(written(f"年度,団体コード,歳出総額(千円)\n{line}\n2025,131041,5\n"))
    assert [(problem.row, problem.column) for problem in file.problems] == [(2, column)]
    assert len(file.totals) == 1


def test_a_dash_is_no_figure_and_no_mistake(written):
    file = read_expenditure(written("年度,団体コード,歳出総額(千円)\n2025,131032,-\n2025,131041,5\n"))
    assert (len(file.totals), file.problems, file.rows_empty) == (1, (), 1)


def test_e_stat_json_is_read_by_the_name_of_its_item(written):
    file = read_expenditure(written(json.dumps(E_STAT, ensure_ascii=False), "estat.json"))
    assert [(row.code, row.fiscal_year, row.amount_yen) for row in file.totals] == [
        ("131032", 2024, 165_000_000)
    ]
    assert file.rows_empty == 1


def test_e_stat_csv_is_read_and_several_nameless_items_are_refused(written):
    head = "tab,cat01,area,time,unit,value\n"
    file = read_expenditure(written(head + "1,D,13103,2024100000,千円,7\n"))
    assert [(row.code, row.amount_yen) for row in file.totals] == [("131032", 7_000)]
    assert file.notes
    with pytest.raises(AmbiguousItem):
        read_expenditure(written(head + "1,D,13103,2024100000,千円,7\n1,E,13103,2024100000,千円,8\n"))


@pytest.mark.parametrize("text", ["{}", '{"a": [', "a,b\n1,2\n", "団体コード,氏名\n131032,x\n"])
def test_other_files_are_refused(written, text):
    with pytest.raises((KindNotRecognised, FileRefused)):
        read_expenditure(written(text))


@pytest.mark.parametrize(
    "heading, unit", [("歳出総額(千円)", 1000), ("歳出総額(百万円)", 10**6), ("歳出総額", 1)]
)
def test_the_unit_stands_in_the_heading(heading, unit):
    assert unit_of(heading) == unit


@pytest.mark.django_db
def test_only_organisations_that_one_answers_for_are_kept(take_in, written, alice, actor_of, minato):
    outcome = take_in(written(OWN), actor=actor_of(alice))
    assert (outcome.rows_read, outcome.rows_accepted, outcome.rows_outside) == (3, 1, 2)
    total = TotalExpenditure.objects.unscoped("test").get()
    assert (total.organisation, total.amount_yen) == (minato, 165_000_000_000)
    assert take_in(written(OWN), actor=actor_of(alice)).is_new is False
    changed = take_in(written(OWN.replace("165,000,000", "166,000,000"), "new.csv"), actor=actor_of(alice))
    assert changed.is_new
    total.refresh_from_db()
    assert (total.amount_yen, total.source) == (166_000_000_000, "new.csv")


@pytest.mark.django_db
def test_published_totals_are_seen_by_every_ward(take_in, written, charlie, actor_of):
    take_in(written(OWN))
    seen = TotalExpenditure.objects.visible_to(actor_of(charlie))
    assert sorted(seen.values_list("organisation__code", flat=True)) == ["131032", "131041"]
    assert Decimal(seen.first().amount_yen) > 0
