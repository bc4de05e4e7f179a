"""Keeping uploads: what is kept, what is refused and why, and what the scanner says."""

import io
import sys
import zipfile

import pytest
from django.utils.translation import override

from yui.kernel.attachments.errors import (
    ActiveContentRefused,
    ArchiveRefused,
    AttachmentRefused,
    AttachmentTooLarge,
    DamagedAttachment,
    EmptyAttachment,
    KindRefused,
    MacrosRefused,
    MalwareFound,
    ScanFailed,
)
from yui.kernel.attachments.keeping import keep_upload
from yui.kernel.attachments.kinds import OPEN_XML
from yui.kernel.attachments.models import ScanState
from yui.kernel.exchange.storage import path_of

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
TYPES = '<Types><Default ContentType="application/xml"/></Types>'


def packed(**parts: str) -> bytes:
    """A ZIP file; ``__`` in a name stands for a slash."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return target.getvalue()


def office(**parts: str) -> bytes:
    """An Office Open XML file of little content."""
    return packed(**{"[Content_Types].xml": TYPES, "word__document.xml": "<w/>", **parts})


def keep(raw: bytes, name: str = "file"):
    """Keep these bytes."""
    return keep_upload(io.BytesIO(raw), name=name)


KEPT = [
    (b"%PDF-1.7\n", "請求書.pdf", "application/pdf", "請求書.pdf"),
    (b"%PDF-1.7\n", "bill.exe", "application/pdf", "bill.exe.pdf"),
    (PNG, "図.PNG", "image/png", "図.PNG"),
    (b"\xff\xd8\xff\xe0xx", "a", "image/jpeg", "a.jpg"),
    (b"GIF89axx", "a.gif", "image/gif", "a.gif"),
    (b"RIFF\0\0\0\0WEBPVP8 ", "a.webp", "image/webp", "a.webp"),
    (office(), "報告.docx", f"{OPEN_XML}wordprocessingml.document", "報告.docx"),
    (
        packed(mimetype="application/vnd.oasis.opendocument.spreadsheet", content="x"),
        "a.ods", "application/vnd.oasis.opendocument.spreadsheet", "a.ods",
    ),
    ("区,件数\n港,1\n".encode("cp932"), "集計.csv", "text/csv", "集計.csv"),
    ("メモ < 3 & <b>".encode(), "memo", "text/plain", "memo.txt"),
    (b'{"a": 1}', "a.json", "application/json", "a.json"),
    (b'<?xml version="1.0"?><!-- c --><bpmn/>', "a.bpmn", "application/xml", "a.bpmn"),
    ("\ufeffあ".encode("utf-16"), "u.txt", "text/plain", "u.txt"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "name", "media_type", "kept_name"), KEPT, ids=[each[1] for each in KEPT])
def test_the_bytes_say_what_a_file_is(raw, name, media_type, kept_name):
    kept = keep(raw, name)
    assert (kept.media_type, kept.name, kept.size) == (media_type, kept_name, len(raw))
    assert path_of(kept.sha256).read_bytes() == raw
    assert kept.scan is ScanState.NOT_SCANNED


REFUSED = [
    (b"", EmptyAttachment),
    (b"MZ\x90\0\x03\0\0\0", KindRefused),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 40, KindRefused),
    (b"<!DOCTYPE html><p>x", ActiveContentRefused),
    (b"  <HTML><script>", ActiveContentRefused),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", ActiveContentRefused),
    (b'<?xml version="1.0"?>\n<!-- a -->\n<!DOCTYPE svg PUBLIC "x" "y">\n<svg/>', ActiveContentRefused),
    (b'<?xml version="1.0"?><x:svg xmlns:x="http://www.w3.org/2000/svg"/>', ActiveContentRefused),
    (b'<?xml version="1.0"?><a:b xmlns:h="http://www.w3.org/1999/xhtml"/>', ActiveContentRefused),
    (b'<?xml version="1.0"?><?xml-stylesheet href="x"?><a1/>', ActiveContentRefused),
    ("\ufeff<svg/>".encode("utf-16"), ActiveContentRefused),
    (office(word__vbaProject="x"), MacrosRefused),
    (office(**{"[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main"}), MacrosRefused),
    (packed(mimetype="application/vnd.oasis.opendocument.text", Basic__script="x"), MacrosRefused),
    (packed(a="x"), ArchiveRefused),
    (office()[:-30], DamagedAttachment),
]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "error"), REFUSED, ids=[f"{n}-{e[1].__name__}" for n, e in enumerate(REFUSED)]
)
def test_what_can_do_harm_is_refused_and_leaves_nothing(raw, error, settings):
    with pytest.raises(error) as caught:
        keep(raw, "資料.docx")
    assert "資料.docx" in caught.value.messages[0]
    with override("en"):
        assert "。" not in caught.value.messages[0]
    assert not [path for path in settings.FILES.rglob("*") if path.is_file()]


def test_the_limit_is_the_installations(settings):
    settings.ATTACHMENT_MB = 1
    assert keep(b"a" * 2**20).size == 2**20
    with pytest.raises(AttachmentTooLarge, match="1MB"):
        keep(b"a" * (2**20 + 1))


def test_archives_are_kept_where_the_installation_allows_them(settings):
    settings.ATTACHMENT_ZIP = True
    assert keep(packed(a="x"), "a.zip").media_type == "application/zip"
    with pytest.raises(MacrosRefused):
        keep(office(word__vbaProject="x"), "a.zip")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.txt"), ("C:\\temp\\a.txt", "a.txt"), ("a\u202etxt.exe", "atxt.exe.txt"),
        ("\0.txt", "txt.txt"), ("a\r\nb.txt", "ab.txt"), ('a"<b>.txt', "a__b_.txt"), ("", "file.txt"),
        ("あ" * 300 + ".txt", "あ" * 116 + ".txt"), ("...", "file.txt"),
    ],
)  # fmt: skip
def test_names_steer_nothing(name, kept):
    assert keep(b"x", name).name == kept


def scanner(settings, tmp_path, code: str) -> None:
    """Let the installation scan with a small program."""
    program = tmp_path / "scanner.py"
    program.write_text(code, encoding="utf-8")
    settings.MALWARE_SCANNER = f"{sys.executable} {program}"


def test_a_clean_file_is_kept_as_scanned(settings, tmp_path):
    scanner(settings, tmp_path, "import sys; sys.exit(0 if open(sys.argv[1]).read() == 'x' else 9)")
    assert keep(b"x").scan is ScanState.CLEAN


def test_an_infected_file_is_refused(settings, tmp_path):
    scanner(settings, tmp_path, "import sys; sys.exit(1)")
    with pytest.raises(MalwareFound):
        keep(b"x")
    assert not [path for path in settings.FILES.rglob("*") if path.is_file()]


def test_without_a_verdict_nothing_is_kept(settings, tmp_path):
    scanner(settings, tmp_path, "import sys; sys.exit(2)")
    with pytest.raises(ScanFailed, match="2"):
        keep(b"x")
    settings.MALWARE_SCANNER = "/nowhere/scanner"
    with pytest.raises(ScanFailed):
        keep(b"x")


def test_every_refusal_is_one_kind():
    assert all(issubclass(error, AttachmentRefused) for _raw, error in REFUSED)
