"""The monthly report on paper and as workbook."""

import io
from dataclasses import replace

import pytest
from django.utils.translation import override
from openpyxl import load_workbook
from pypdf import PdfReader

from yui.governance.indicators.formats.report_pdf import report_pdf
from yui.governance.indicators.formats.report_xlsx import report_xlsx
from yui.governance.indicators.queries.monthly_report import monthly_report
from yui.governance.indicators.tests.conftest import OCTOBER
from yui.governance.indicators.words import no_font_text
from yui.kernel.paper import NoJapaneseFont, japanese_fonts

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(rising, system_actor):
    return monthly_report(system_actor, OCTOBER)


@pytest.fixture
def japanese_font():
    """Skip where the machine has no font to print with."""
    try:
        japanese_fonts()
    except NoJapaneseFont:
        pytest.skip("no Japanese font on this machine (Debian: fonts-noto-cjk)")


def test_the_report_says_what_the_tree_says(report):
    assert len(report.rows) == 15
    assert dict(report.counts)["データなし"] == 14
    row = report.rows[1]
    assert (row.value_text, row.target_text, row.status) == ("40.0%", "80%以上", "late")
    (wards,) = report.wards
    assert [code for code, _title in wards.titles] == ["1-KSI-1"]
    assert dict(wards.rows)["港区"] == ("40.0%",)
    assert dict(wards.rows)["中央区"] == ("データなし",)


def test_the_pdf_opens_is_tagged_and_names_its_language(report, japanese_font):
    reader = PdfReader(io.BytesIO(report_pdf(report)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "ja"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "指標の月次報告 2026年10月"
    assert b"pdfuaid" in reader.xmp_metadata.stream.get_data()


def test_the_pdf_holds_every_indicator_as_text(report, japanese_font):
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(report_pdf(report))).pages)
    squeezed = "".join(text.split())
    assert all(row.code in squeezed for row in report.rows)
    assert "40.0%" in squeezed
    assert "港区" in squeezed


def test_the_same_report_gives_the_same_bytes(report, japanese_font):
    assert report_pdf(report) == report_pdf(report)
    assert report_xlsx(report) == report_xlsx(report)


def test_another_figure_gives_other_bytes(report, japanese_font):
    other = replace(report, title="別の報告")
    assert report_pdf(other) != report_pdf(report)
    assert report_xlsx(other) != report_xlsx(report)


def test_an_empty_month_still_makes_a_report(organisations, system_actor, japanese_font):
    empty = monthly_report(system_actor, OCTOBER)
    assert report_pdf(empty).startswith(b"%PDF-")
    assert load_workbook(io.BytesIO(report_xlsx(empty))).sheetnames == [
        "まとめ",
        "36か月の推移",
        "区ごとの値",
    ]


def test_the_report_can_be_made_in_english(rising, system_actor, japanese_font):
    with override("en"):
        reader = PdfReader(io.BytesIO(report_pdf(monthly_report(system_actor, OCTOBER))))
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.metadata.title == "Monthly report of the indicators 2026-10"


def test_the_workbook_opens_with_numbers_and_a_native_chart(report):
    book = load_workbook(io.BytesIO(report_xlsx(report)))
    tree, months, wards = book.worksheets
    values = {row[0]: row[3] for row in tree.iter_rows(min_row=7, values_only=True)}
    assert values["1-KSI-1"] == 40
    assert values["1-KGI-1"] == "データなし"
    assert [cell.value for cell in months["A"]][1:37] == list(report.months)
    assert len(months._charts) == 1
    assert wards["A3"].value == "千代田区"


def test_made_up_data_are_marked(rising, settings, system_actor):
    settings.IS_DEMONSTRATION = True
    assert "架空データ" in monthly_report(system_actor, OCTOBER).notice


def test_without_a_japanese_font_the_error_says_what_to_install(rising, monkeypatch, system_actor):
    monkeypatch.setattr("yui.kernel.paper.fonts.system_families", lambda: ("DejaVu Sans", "Libertinus Serif"))
    with pytest.raises(NoJapaneseFont):
        report_pdf(monthly_report(system_actor, OCTOBER))
    assert "fonts-noto-cjk" in no_font_text()
