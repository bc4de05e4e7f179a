"""The ledger as tables: out and in again, and what offices write into them."""

from datetime import date

import pytest
from openpyxl import load_workbook

from yui.kernel.exchange.checking import RowChecker
from yui.kernel.exchange.export import Sheet as Worksheet
from yui.kernel.exchange.export import csv_bytes, xlsx_bytes
from yui.kernel.exchange.formats.tabular import read_table
from yui.kernel.exchange.importers import ApplyResult, ImportContext
from yui.registry.facts import LinkFacts, OutageFacts, SystemFacts
from yui.registry.models import Contract, InformationSystem, MigrationStep, Outage, Vendor
from yui.registry.operations import link_systems, open_outage, record_migration_step, update_system
from yui.registry.sheets import SHEETS, SYSTEMS
from yui.registry.tests.conftest import tokyo

SYSTEM_HEAD = "システムコード,システム名,区分,設置場所,ネットワーク"
SYSTEM_ROW = "MN-001,文書管理,内部管理業務,オンプレミス,LGWAN接続系"


@pytest.fixture
def take_in(tmp_path, system_actor, minato):
    """A function that checks a file and, if it is good, applies it; returns the result and the errors."""

    def run(name, content, organisation=minato):
        sheet = SHEETS[name]
        file = tmp_path / (f"{name}.xlsx" if content[:2] == b"PK" else f"{name}.csv")
        file.write_bytes(content)
        table = read_table(file, expected=sheet.importer.expected)
        data = sheet.importer.prepare(system_actor, organisation)
        context = ImportContext(actor=system_actor, organisation=organisation, columns=frozenset(), data=data)
        checker = RowChecker(sheet.importer, table, context)
        checked = list(checker.rows())
        errors = [error for row in checked for error in row.errors]
        if errors:
            return ApplyResult(), errors
        rows = [row.row for row in checked]
        return sheet.importer.apply(system_actor, rows, checker.context), []

    return run


def as_csv(text, encoding="utf-8"):
    return text.encode(encoding)


def exported(name, actor, organisation):
    sheet = SHEETS[name]
    return csv_bytes([column.title for column in sheet.columns], sheet.rows(actor, organisation))


@pytest.fixture
def full_ledger(system_actor, minato, make_system, contract, system, vendor, resident_area):
    """One record of each table with every field filled in."""
    facts = SystemFacts(
        code="MN-009",
        name="住民記録システム",
        name_kana="ジュウミンキロク",
        purpose="=SUM(A1) と書いてあっても\n式ではない",
        category="standard",
        business_area=resident_area,
        vendor=vendor,
        hosting="government_cloud",
        cloud_provider="aws",
        network_zone="my_number",
        network_model="alpha_dash",
        confidentiality=3,
        integrity=2,
        availability_level=1,
        rto_hours=0,
        rpo_hours=24,
        user_count=1200,
        started_on=date(2019, 5, 1),
        retired_on=date(2026, 3, 31),
        status="retired",
        visibility="wards",
    )
    second = make_system("MN-009")
    update_system(system_actor, system=second, facts=facts)
    link_systems(
        system_actor,
        facts=LinkFacts(source=system, target=second, medium="api", frequency="realtime", data="宛名"),
    )
    record_migration_step(
        system_actor,
        organisation=minato,
        area=resident_area,
        state="migrated",
        planned_on=date(2026, 3, 31),
        actual_on=date(2026, 1, 5),
    )
    open_outage(
        system_actor,
        system=system,
        facts=OutageFacts(
            title="停止",
            started_at=tokyo(2026, 5, 1, 9, 0, 30),
            ended_at=tokyo(2026, 5, 1, 10),
            severity="partial",
            is_planned=True,
            cause="-原因は調査中",
        ),
    )


@pytest.mark.parametrize("name", sorted(SHEETS))
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_what_is_written_out_is_read_in_without_a_change(
    name, file_format, full_ledger, system_actor, minato, take_in
):
    sheet = SHEETS[name]
    rows = list(sheet.rows(system_actor, minato))
    content = csv_bytes([column.title for column in sheet.columns], rows)
    if file_format == "xlsx":
        content = xlsx_bytes([Worksheet(sheet.importer.title, sheet.columns, rows)])

    result, errors = take_in(name, content)

    assert errors == []
    assert result == ApplyResult(unchanged=len(rows))
    assert rows


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_a_stranger_takes_nothing_out(name, full_ledger, charlie, actor_of, minato):
    own = list(SHEETS[name].rows(actor_of(charlie), minato))
    assert len(own) == {"systems": 1, "migrations": 1}.get(name, 0)


def test_an_export_runs_no_formula(full_ledger, system_actor, minato):
    assert b"'=SUM(A1)" in exported("systems", system_actor, minato)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_every_encoding_of_an_office_is_read(encoding, take_in):
    result, errors = take_in("systems", as_csv(f"{SYSTEM_HEAD}\r\n{SYSTEM_ROW}\r\n", encoding))
    assert errors == []
    assert result.created == 1


def test_full_width_codes_and_japanese_dates_are_read(take_in):
    head, row = (
        f"{SYSTEM_HEAD},稼働日,利用者数",
        "ＭＮ－００１,文書管理,内部管理業務,オンプレ,LGWAN接続系,令和元年5月1日,１，２００",
    )
    row = row.replace("１，２００", '"１，２００"')
    _result, errors = take_in("systems", as_csv(f"{head}\n{row}\n"))
    assert errors == []
    system = InformationSystem.everything.get()
    assert (system.code, system.started_on, system.user_count) == ("MN-001", date(2019, 5, 1), 1200)


def test_merged_headings_of_contracts_are_read(take_in, system, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    page.append(["契約一覧(令和8年度)"])
    page.append(["契約番号", "契約件名", "種類", "事業者", "契約期間", None, "契約金額", "年額"])
    page.append([None, None, None, None, "開始", "終了", None, None])
    page.merge_cells("E2:F2")
    page.append(["R8-1", "保守", "保守", "架空ベンダーZ社", "R8.4.1", "R9.3.31", "1,200,000円", "120万円"])
    file = tmp_path / "merged.xlsx"
    book.save(file)

    result, errors = take_in("contracts", file.read_bytes())

    assert errors == []
    assert result.created == 1
    contract = Contract.everything.get()
    assert (contract.ends_on, contract.total_yen, contract.annual_yen) == (
        date(2027, 3, 31),
        1_200_000,
        1_200_000,
    )
    assert Vendor.everything.filter(name="架空ベンダーZ社").count() == 1


@pytest.mark.parametrize(
    ("name", "head", "row", "word"),
    [
        ("systems", SYSTEM_HEAD, "MN-001,文書管理,なにか,オンプレミス,LGWAN接続系", "なにか"),
        ("systems", SYSTEM_HEAD, ",文書管理,内部管理業務,オンプレミス,LGWAN接続系", "必須"),
        ("systems", SYSTEM_HEAD, "MN-001,住記,標準化対象業務,オンプレミス,LGWAN接続系", "必ず選んで"),
        ("systems", f"{SYSTEM_HEAD},標準化対象業務", f"{SYSTEM_ROW},魔法", "20業務"),
        ("systems", f"{SYSTEM_HEAD},CSP", f"{SYSTEM_ROW},AWS", "ガバメントクラウド"),
        ("systems", f"{SYSTEM_HEAD},主管課", f"{SYSTEM_ROW},ない課", "部署"),
        ("systems", f"団体コード,{SYSTEM_HEAD}", f"131033,{SYSTEM_ROW}", "検査数字"),
        ("systems", f"団体コード,{SYSTEM_HEAD}", f"131041,{SYSTEM_ROW}", "別の団体"),
        ("systems", f"{SYSTEM_HEAD},稼働日", f"{SYSTEM_ROW},令和8年2月30日", "日付"),
        ("systems", f"{SYSTEM_HEAD},利用者数", f"{SYSTEM_ROW},たくさん", "整数"),
        ("systems", f"{SYSTEM_HEAD},利用者数", f"{SYSTEM_ROW},-5", "0"),
        (
            "contracts",
            "契約番号,契約件名,種類,事業者,法人番号,開始日,終了日,契約金額(円),年額(円)",
            "1,保守,保守,架空,1000012050002,2026-04-01,2027-03-31,1,1",
            "検査数字",
        ),
        (
            "contracts",
            "契約番号,契約件名,種類,事業者,開始日,終了日,契約金額(円),年額(円)",
            "1,保守,保守,架空,2026-04-01,2026-03-31,1,1",
            "終了日",
        ),
        (
            "contracts",
            "契約番号,契約件名,種類,事業者,対象システム,開始日,終了日,契約金額(円),年額(円)",
            "1,保守,保守,架空,MN-404,2026-04-01,2027-03-31,1,1",
            "MN-404",
        ),
        ("migrations", "業務,状態,予定日,実施日", "住民基本台帳,移行済,,", "予定日も実施日も"),
        ("migrations", "業務,状態,予定日", "料理,移行済,2026-03-31", "20業務"),
        (
            "outages",
            "システムコード,件名,発生日時,復旧日時,程度",
            "MN-001,停止,2026-05-01 09:00,2026-05-01 08:00,全面停止",
            "復旧日時",
        ),
        (
            "outages",
            "システムコード,件名,発生日時,程度",
            "MN-404,停止,2026-05-01 09:00,全面停止",
            "登録されていません",
        ),
        ("outages", "システムコード,件名,発生日時,程度", "MN-001,停止,きのう,全面停止", "日時"),
        (
            "links",
            "連携元コード,連携先コード,方法,頻度,データの内容",
            "MN-001,MN-001,API,日次,宛名",
            "別のシステム",
        ),
    ],
)
def test_a_bad_row_is_named_with_its_place_and_remedy(name, head, row, word, request, take_in):
    if name != "systems":
        request.getfixturevalue("system")
    result, errors = take_in(name, as_csv(f"{head}\n{row}\n"))
    assert result == ApplyResult()
    assert word in " ".join(str(error.message) + str(error.remedy) for error in errors)
    assert all(error.row == 2 and str(error.remedy) for error in errors)


def test_a_code_twice_in_one_file_is_an_error(take_in):
    _result, errors = take_in("systems", as_csv(f"{SYSTEM_HEAD}\n{SYSTEM_ROW}\n{SYSTEM_ROW}\n"))
    assert [error.row for error in errors] == [3]


def test_a_row_error_speaks_english_too(take_in):
    _result, errors = take_in("systems", as_csv(f"団体コード,{SYSTEM_HEAD}\n131033,{SYSTEM_ROW}\n"))
    texts = errors[0].as_json()
    assert texts["message"]["en"] != texts["message"]["ja"]


def test_a_second_file_updates_only_the_columns_that_it_has(take_in, system):
    before = SystemFacts.of(system)
    row = f"{system.code},新しい名前,内部管理業務,オンプレミス,LGWAN接続系"
    result, _errors = take_in("systems", as_csv(f"{SYSTEM_HEAD}\n{row}\n"))
    assert result.updated == 1
    system.refresh_from_db()
    assert system.name == "新しい名前"
    assert system.started_on == before.started_on


def test_migration_and_outage_rows_are_created_then_changed(take_in, system):
    head = "業務,状態,予定日,実施日"
    assert take_in("migrations", as_csv(f"{head}\n01,移行済,R8.3.31,\n"))[0].created == 1
    assert take_in("migrations", as_csv(f"{head}\n01,移行済,R8.3.31,R8.2.1\n"))[0].updated == 1
    assert MigrationStep.everything.get().actual_on == date(2026, 2, 1)

    head = "システムコード,件名,発生日時,復旧日時,程度"
    row = "MN-001,停止,令和8年5月1日 9時30分,,全面停止"
    assert take_in("outages", as_csv(f"{head}\n{row}\n"))[0].created == 1
    row = "MN-001,停止,2026/5/1 9:30,2026年5月1日 10:00,全面停止"
    assert take_in("outages", as_csv(f"{head}\n{row}\n"))[0].updated == 1
    assert Outage.everything.get().ended_at == tokyo(2026, 5, 1, 10)


def test_the_export_page_gives_the_file_and_remembers_it(alice, charlie, bob, client_of, minato, system):
    from yui.kernel.ledger.models import Entry

    page = f"/systems/sheets/{minato.code}/systems"
    response = client_of(bob).get(f"{page}.csv")
    assert response.status_code == 200
    assert SYSTEMS.columns[1].title in response.content.decode("utf-8-sig")
    assert Entry.objects.filter(verb="exchange.export.record", organisation_code=minato.code).exists()
    assert client_of(charlie).get(f"{page}.csv").status_code == 403
    workbook = client_of(alice).get(f"{page}.xlsx").content
    import io

    assert load_workbook(io.BytesIO(workbook)).active.max_row == 2
