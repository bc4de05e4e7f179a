"""A petition's files: whole, accessible, marked as made up, and the same bytes every time."""

import csv
import hashlib
import io
import json
import re
import zipfile
from datetime import UTC, datetime

import pytest

from yui.kernel.paper import NoJapaneseFont, japanese_fonts, pictures_of
from yui.transition.costs.engine.query_hash import hash_of_number
from yui.transition.costs.formats.petition import UnknownForm, as_json, from_json
from yui.transition.costs.formats.petition_csv import petition_csv
from yui.transition.costs.formats.petition_docx import petition_docx
from yui.transition.costs.formats.petition_files import TYPES, WRITERS
from yui.transition.costs.formats.petition_pdf import petition_pdf
from yui.transition.costs.formats.petition_xlsx import petition_xlsx
from yui.transition.costs.tests.petition_samples import document


@pytest.fixture
def fonts():
    """The machine's fonts; where there are none for Japanese the tests of paper are skipped."""
    try:
        return japanese_fonts()
    except NoJapaneseFont:
        pytest.skip("no Japanese font on this machine")


def pdf_of(made: bytes):
    pypdf = pytest.importorskip("pypdf")
    return pypdf.PdfReader(io.BytesIO(made))


def tags(element, found):
    """Collect (tag, alternative text) of the structure tree."""
    element = element.get_object()
    if isinstance(element, list):
        for each in element:
            tags(each, found)
    elif isinstance(element, dict):
        if "/S" in element:
            found.append((element["/S"], element.get("/Alt")))
        if "/K" in element:
            tags(element["/K"], found)
    return found


def parts_of(made: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {
            name: archive.read(name).decode("utf-8", "replace")
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }


def test_the_frozen_form_reads_back_as_it_was():
    kept = json.loads(json.dumps(as_json(document()), ensure_ascii=False))
    assert from_json(kept) == document()
    with pytest.raises(UnknownForm):
        from_json(kept | {"form": 99})


@pytest.mark.parametrize("ending", WRITERS)
def test_the_same_petition_is_the_same_bytes(ending, fonts, monkeypatch):
    write = WRITERS[ending]
    made = write(document())

    monkeypatch.setattr("time.time", lambda: 1_950_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: datetime(2031, 1, 2, tzinfo=UTC).timetuple())
    assert hashlib.sha256(write(from_json(as_json(document())))).digest() == hashlib.sha256(made).digest()
    assert write(document(exhibits=())) != made
    assert ending in TYPES


def test_the_pdf_is_tagged_to_ua_1_with_alternative_texts(fonts):
    reader = pdf_of(petition_pdf(document()))
    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"] is True or bool(catalogue["/MarkInfo"]["/Marked"])
    assert str(catalogue["/Lang"]).startswith("ja")
    metadata = catalogue["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfuaid:part[>=]\W?1", metadata)
    found = tags(catalogue["/StructTreeRoot"], [])
    kinds = [kind for kind, _alt in found]
    assert {"/H1", "/H2", "/Table", "/TH", "/L", "/Figure"} <= set(kinds)
    assert [alt for kind, alt in found if kind == "/Figure"] == ["倍率ごとの区の数: 3区です。"]
    assert reader.metadata.title == "運用経費についての要望"
    assert "2026060" in reader.metadata["/CreationDate"] or "20260531" in reader.metadata["/CreationDate"]


def test_every_page_of_the_pdf_says_that_the_data_are_made_up(fonts):
    long = document(requests=tuple(f"要望 {place}" for place in range(120)))
    reader = pdf_of(petition_pdf(long))
    assert len(reader.pages) > 3
    assert all("架空データ" in page.extract_text() for page in reader.pages)
    real = pdf_of(petition_pdf(document(notice="")))
    assert all("架空データ" not in page.extract_text() for page in real.pages)


def test_the_pdf_holds_letter_evidence_and_appendix(fonts):
    text = "\n".join(page.extract_text() for page in pdf_of(petition_pdf(document())).pages)
    for part in ("デジタル大臣", "財政措置を行うこと", "7区をくらべました", "1.62倍", "データなし"):
        assert part in text, part
    for exhibit in document().exhibits:
        assert exhibit.short_hash in text


def test_the_word_file_can_be_edited_and_read_aloud(fonts):
    docx = pytest.importorskip("docx")
    made = petition_docx(document())
    word = docx.Document(io.BytesIO(made))
    headings = [each.text for each in word.paragraphs if each.style.name.startswith(("Heading", "Title"))]
    assert "資料 1 倍率ごとの区の数" in headings
    numbered = [each.text for each in word.paragraphs if each.style.name == "List Number"]
    assert numbered == list(document().requests)
    assert word.core_properties.created == datetime(2026, 6, 1, tzinfo=UTC).replace(
        tzinfo=word.core_properties.created.tzinfo
    )
    assert "架空データ" in word.sections[0].header.paragraphs[0].text
    body = parts_of(made)["word/document.xml"]
    assert 'descr="倍率ごとの区の数: 3区です。"' in body
    assert body.count("<w:tblHeader/>") == len(word.tables)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_workbook_has_native_charts_and_every_number():
    made = petition_xlsx(document())
    parts = parts_of(made)
    charts = [name for name in parts if name.startswith("xl/charts/chart")]
    assert len(charts) == 1
    assert "<c:barChart>" in parts[charts[0]] and "資料 1" in parts[charts[0]]
    assert 'descr="倍率ごとの区の数: 3区です。"' in "".join(parts.values())
    strings = parts["xl/sharedStrings.xml"]
    for each in document().exhibits[0].numbers:
        assert each.query_hash in strings
    sheets = [text for name, text in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 4
    assert all("架空データ" in text for text in sheets)
    assert "<f>" not in "".join(sheets)


def test_the_appendix_lets_anyone_work_out_each_hash():
    rows = list(csv.DictReader(io.StringIO(petition_csv(document()).decode("utf-8-sig"))))
    assert rows[-1]["資料"] == "架空データ:試験の値です。"
    numbers = rows[:-1]
    assert len(numbers) == 5
    for row in numbers:
        assert row["数字のハッシュ"] == hash_of_number(json.loads(row["問い"]), row["数字の位置"])
    assert len({row["数字のハッシュ"] for row in numbers}) == 5
    assert [row["値"] for row in numbers if row["表示"] == "データなし"] == ["", ""]


def test_without_a_japanese_font_no_paper_is_made(monkeypatch):
    monkeypatch.setattr("yui.kernel.paper.fonts.system_families", lambda: ("Arial",))
    with pytest.raises(NoJapaneseFont):
        petition_pdf(document())
    with pytest.raises(NoJapaneseFont):
        pictures_of(["<svg/>"])
