"""Files are pure functions of the content: the same bytes each time, tagged, and no formula in a cell."""

import io
import json
import zipfile

import pytest

from yui.governance.reports.engine.content import LANGUAGES, ContentNote, said_about, with_notes
from yui.governance.reports.formats.files import MAKERS, make_file, versions_of
from yui.governance.reports.models import EditionFile
from yui.governance.reports.operations import keep_file, keep_files
from yui.governance.reports.queries.reports import content_of
from yui.governance.reports.queries.verification import Finding, verify
from yui.governance.reports.tests.conftest import editions
from yui.kernel.paper import NoJapaneseFont, japanese_fonts

pytestmark = pytest.mark.django_db
HOSTILE = '=cmd|"/c calc"!A1 <script>alert(1)</script> #let x = 1 ' + "あ" * 1500 + "\x00\x0b\ud800\ufffe"


@pytest.fixture
def content(joint):
    """A content with notes that try what they can."""
    notes = [ContentNote(topic, HOSTILE, 100, True) for topic in ("change", "risk", "decision")]
    return with_notes(content_of(editions(joint)[0]), notes) | {"is_demonstration": True}


def made(content, language, file_format):
    """A file, left out where the machine has no font for it."""
    if file_format == "pdf":
        try:
            japanese_fonts()
        except NoJapaneseFont:
            pytest.skip("no Japanese font")
    return make_file(content, language, file_format)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file_format", sorted(MAKERS))
def test_the_same_content_gives_the_same_bytes(content, language, file_format):
    first = made(content, language, file_format)
    again = made(json.loads(json.dumps(content)), language, file_format)
    assert first == again and len(first) > 5000


def test_the_pdf_is_tagged_and_says_its_language(content):
    paper = made(content, "en", "pdf")
    assert paper.startswith(b"%PDF") and b"/MarkInfo" in paper and b"pdfuaid" in paper
    assert b"/Lang" in paper


def test_a_formula_stays_a_text(content):
    with zipfile.ZipFile(io.BytesIO(made(content, "ja", "xlsx"))) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
        assert "=cmd|" in archive.read("xl/sharedStrings.xml").decode()
    assert len(sheets) == 4 and all("<f>" not in sheet for sheet in sheets)


def test_word_takes_every_text_and_marks_the_heads_of_tables(content):
    with zipfile.ZipFile(io.BytesIO(made(content, "ja", "docx"))) as archive:
        text = archive.read("word/document.xml").decode()
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "tblHeader" in text and "&lt;script&gt;" in text and "BPRを実施した部署の割合" in text


def test_what_is_said_stands_by_weight(content):
    texts = with_notes(
        content, [ContentNote("risk", "軽い", 1, False), ContentNote("risk", "重い", 9, False)]
    )
    assert [each["text"] for each in said_about(texts, "ja", "risk")] == ["重い", "軽い"]


def test_a_kept_file_is_handed_out_and_never_made_again(joint, system_actor, monkeypatch):
    edition = editions(joint)[0]
    kept = keep_file(system_actor, edition=edition, language="ja", file_format="xlsx")
    monkeypatch.setitem(MAKERS, "xlsx", lambda content, language: b"other")
    again = keep_file(system_actor, edition=edition, language="ja", file_format="xlsx")
    assert again.pk == kept.pk and bytes(again.content) == bytes(kept.content)
    assert kept.made_with == versions_of("xlsx") and "XlsxWriter" in kept.made_with


def findings(file_format="xlsx"):
    """What verifying finds of the files of a format."""
    return [each.finding for each in verify() if each.file.endswith(file_format)]


def test_verifying_makes_every_file_again(joint, system_actor, monkeypatch):
    kept = keep_files(system_actor, edition=editions(joint)[0])
    assert len(kept) in (4, 6)
    assert {each.finding for each in verify()} == {Finding.SAME}
    monkeypatch.setitem(MAKERS, "xlsx", lambda content, language: b"other")
    assert findings() == [Finding.DIFFERENT, Finding.DIFFERENT]


def test_a_difference_of_tools_is_named_as_such(joint, system_actor, monkeypatch):
    keep_file(system_actor, edition=editions(joint)[0], language="ja", file_format="xlsx")
    monkeypatch.setitem(MAKERS, "xlsx", lambda content, language: b"other")
    monkeypatch.setattr(
        "yui.governance.reports.queries.verification.versions_of", lambda file_format: "layout 9"
    )
    assert findings() == [Finding.OTHER_TOOLS]
    assert not Finding.OTHER_TOOLS.is_fault


def test_bytes_that_lost_their_hash_are_a_fault(joint):
    EditionFile.objects.unscoped("test").create(
        edition=editions(joint)[0],
        language="ja",
        file_format="xlsx",
        sha256="0" * 64,
        content=b"x",
        made_with="x",
        made_at=editions(joint)[0].made_at,
    )
    assert findings() == [Finding.FILE_CHANGED] and Finding.FILE_CHANGED.is_fault
