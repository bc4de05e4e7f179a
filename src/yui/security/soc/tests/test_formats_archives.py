"""Folders, compressed files and archives: read as they are, and nothing that they try succeeds."""

import bz2
import gzip
import io
import lzma
import os
import tarfile
import zipfile

import pytest

from yui.security.soc.engine.records import LogRecord, Rejected
from yui.security.soc.formats.limits import ReadLimits
from yui.security.soc.formats.reading import InputMissing, read_records, read_stream

LINES = b'{"EventID":1,"Channel":"a","n":1}\n{"EventID":2,"Channel":"a","n":2}\n'


def read(content, name="x", **limits):
    return list(read_stream(name, io.BytesIO(content), limits=ReadLimits(**limits)))


def numbers(items):
    return [item.fields["EventID"] for item in items if isinstance(item, LogRecord)]


def reasons(items):
    return [item.reason for item in items if isinstance(item, Rejected)]


def zipped(members):
    gathered = io.BytesIO()
    with zipfile.ZipFile(gathered, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return gathered.getvalue()


def tarred(members, mode="w"):
    gathered = io.BytesIO()
    with tarfile.open(fileobj=gathered, mode=mode) as archive:
        for entry, content in members:
            if isinstance(entry, str):
                entry = tarfile.TarInfo(entry)
                entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return gathered.getvalue()


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, lambda content: content])
def test_a_compressed_file_is_read_as_it_is(pack):
    assert numbers(read(pack(LINES))) == [1, 2]


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_tar_is_read_in_its_order(mode):
    items = read(tarred([("b.log", LINES), ("d/a.log", LINES)], mode))
    assert numbers(items) == [1, 2, 1, 2]
    assert items[0].place == "x!b.log:1"
    assert items[3].place == "x!d/a.log:2"


def test_a_zip_of_zips_is_read_to_the_declared_depth():
    twice = zipped([("inner.zip", zipped([("a.log", LINES)]))])
    assert numbers(read(twice)) == [1, 2]
    assert reasons(read(zipped([("outer.zip", twice)]), archive_depth=2)) == ["archive_too_deep"]


def test_many_members_of_a_gzip_follow_each_other():
    assert numbers(read(gzip.compress(LINES) + gzip.compress(LINES))) == [1, 2, 1, 2]


def test_what_a_truncated_gzip_holds_is_kept_and_the_rest_told():
    content = b"".join(
        b'{"EventID":%d,"Channel":"a","n":"%s"}\n' % (n, os.urandom(200).hex().encode()) for n in range(3_000)
    )
    packed = gzip.compress(content)
    items = read(packed[: len(packed) // 2])
    assert len(numbers(items)) > 1_000
    assert numbers(items) == list(range(len(numbers(items))))
    assert reasons(items) == ["truncated"]
    assert items[-1].place == "x"


def test_garbage_behind_a_gzip_is_told():
    items = read(gzip.compress(LINES) + b"garbage")
    assert numbers(items) == [1, 2]
    assert reasons(items) == ["corrupt"]


def test_a_member_with_a_wrong_checksum_is_told_and_the_next_is_read():
    whole = bytearray(zipped([("a.log", b"x" * 50_000), ("b.log", LINES)]))
    whole[45] ^= 0xFF
    items = read(bytes(whole))
    assert numbers(items)[-2:] == [1, 2]
    assert reasons(items) == ["corrupt"]


def test_an_encrypted_member_is_told():
    whole = bytearray(zipped([("a.log", LINES)]))
    whole[6] |= 1
    whole[whole.rindex(b"PK\x01\x02") + 8] |= 1
    assert reasons(read(bytes(whole))) == ["encrypted"]


@pytest.mark.parametrize("name", ["../a.log", "/etc/a.log", "a/../../b.log", "C:\\a.log"])
def test_a_name_that_points_outside_is_refused(name):
    assert reasons(read(zipped([(name, LINES), ("b.log", LINES)]))) == ["unsafe_path"]
    assert reasons(read(tarred([(name, LINES), ("b.log", LINES)]))) == ["unsafe_path"]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (tarfile.SYMTYPE, "link"),
        (tarfile.LNKTYPE, "link"),
        (tarfile.FIFOTYPE, "special_file"),
        (tarfile.CHRTYPE, "special_file"),
    ],
)
def test_only_regular_members_of_a_tar_are_read(kind, reason):
    entry = tarfile.TarInfo("a.log")
    entry.type, entry.linkname = kind, "/etc/passwd"
    assert reasons(read(tarred([(entry, b"")]))) == [reason]


def test_a_link_in_a_zip_is_refused():
    entry = zipfile.ZipInfo("a.log")
    entry.external_attr = 0o120777 << 16
    assert reasons(read(zipped([(entry, "/etc/passwd")]))) == ["link"]


@pytest.mark.parametrize(
    "pack", [gzip.compress, bz2.compress, lzma.compress, lambda content: zipped([("a.log", content)])]
)
def test_a_bomb_is_stopped(pack):
    items = read(pack(b"\n" * 20_000_000), expansion_from=1 << 20, expansion=100)
    assert reasons(items) == ["bomb"]


def test_what_all_members_expand_to_is_limited():
    items = read(
        zipped([(f"{n}.log", os.urandom(600_000).hex()) for n in range(4)]), expanded_bytes=3_000_000
    )
    assert "bomb" in reasons(items)


def test_too_many_members_are_told():
    items = read(zipped([(f"{n}.log", LINES) for n in range(5)]), members=3)
    assert len(numbers(items)) == 6
    assert reasons(items) == ["too_many_members"]


def test_members_that_hold_no_logs_are_counted():
    items = read(
        zipped([("LICENSE", "text"), ("rule.yml", "a: b"), ("notice.json", LINES), ("a.log", LINES)])
    )
    assert numbers(items) == [1, 2, 1, 2]
    assert reasons(items) == ["not_a_log", "not_a_log"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"PAR1" + bytes(100), "Parquet"),
        (bytes(range(32)) * 100, "binary data"),
    ],
)
def test_a_binary_file_is_told_by_its_kind(content, what):
    (item,) = read(content)
    assert item.reason == "binary"
    assert what in item.detail


def test_zeros_in_a_log_do_not_make_it_binary():
    items = read(LINES + bytes(3) + b"\n" + LINES)
    assert numbers(items) == [1, 2, 1, 2]


def test_a_folder_is_read_in_the_order_of_names_and_links_are_told(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "late.json").write_bytes(LINES)
    (tmp_path / "a.json.gz").write_bytes(gzip.compress(LINES))
    (tmp_path / "README.md").write_text("not a log")
    (tmp_path / "link.log").symlink_to(tmp_path / "a.json.gz")
    (tmp_path / "folder").symlink_to(tmp_path / "b")
    os.mkfifo(tmp_path / "pipe.log")
    items = list(read_records(tmp_path))
    assert [item.place.removeprefix(str(tmp_path)) for item in items if isinstance(item, LogRecord)] == [
        "/a.json.gz:1",
        "/a.json.gz:2",
        "/b/late.json:1",
        "/b/late.json:2",
    ]
    assert sorted(reasons(items)) == ["link", "link", "not_a_log", "special_file"]


def test_a_file_named_itself_is_read_whatever_its_name(tmp_path):
    path = tmp_path / "notes.md"
    path.write_bytes(LINES)
    assert numbers(read_records(path)) == [1, 2]


def test_a_path_that_does_not_exist_is_an_error_at_once(tmp_path):
    with pytest.raises(InputMissing, match="does not exist"):
        read_records(tmp_path / "nothing")


def test_an_unreadable_file_is_told(tmp_path):
    path = tmp_path / "a.log"
    path.write_bytes(LINES)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read every file")
    assert reasons(read_records(tmp_path)) == ["unreadable"]


def test_an_empty_file_holds_nothing():
    assert read(b"") == []
    assert read(gzip.compress(b"")) == []
