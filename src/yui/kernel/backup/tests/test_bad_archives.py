"""Archives that are broken, foreign or hostile are refused before anything is touched."""

import hashlib
import json
import os
import random
import zipfile
from pathlib import Path

import pytest

from yui.kernel.backup.errors import ArchiveUnreadable, BackupError, MemberDamaged
from yui.kernel.backup.manifest import is_safe_name
from yui.kernel.backup.restoring import verify_backup


def remade(source: Path, target: Path, *, change=lambda manifest, members: None, extra=()) -> Path:
    """Write the archive again after ``change`` had its way with manifest and members (hashes made right)."""
    with zipfile.ZipFile(source) as file:
        members = {name: file.read(name) for name in file.namelist()}
    manifest = json.loads(members.pop("manifest.json"))
    change(manifest, members)
    for name, content in members.items():
        manifest["members"][name] = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    with zipfile.ZipFile(target, "w") as file:
        for name, content in [*members.items(), *extra]:
            file.writestr(name, content)
        file.writestr("manifest.json", json.dumps(manifest))
    return target


def test_a_remade_archive_is_accepted(archive, tmp_path):
    verify_backup(remade(archive, tmp_path / "again.zip"))


@pytest.mark.parametrize("content", [b"", b"PK", b"not an archive" * 100, b"\x1f\x8b\x08"])
def test_no_archive_at_all(tmp_path, content):
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(ArchiveUnreadable):
        verify_backup(path)


def test_no_such_file_and_a_folder(tmp_path):
    for path in (tmp_path / "missing.zip", tmp_path):
        with pytest.raises(ArchiveUnreadable, match="別の控え"):
            verify_backup(path)


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.999])
def test_a_cut_archive(archive, keep):
    os.truncate(archive, int(archive.stat().st_size * keep))
    with pytest.raises(ArchiveUnreadable):
        verify_backup(archive)


def test_a_flipped_bit_in_a_member(archive):
    """The last bytes of a deflated member hold bits without meaning; everything before them counts."""
    with zipfile.ZipFile(archive) as file:
        places = [(info.header_offset, info.compress_size, info.filename) for info in file.infolist()]
    original = archive.read_bytes()
    chance = random.Random(7)
    for offset, size, name in [place for place in places if place[1] > 500]:
        header = 30 + int.from_bytes(original[offset + 26 : offset + 28], "little")
        header += int.from_bytes(original[offset + 28 : offset + 30], "little")
        damaged = bytearray(original)
        damaged[offset + header + chance.randrange(size - 8)] ^= 1 << chance.randrange(8)
        archive.write_bytes(damaged)
        with pytest.raises(BackupError):
            verify_backup(archive)
            pytest.fail(f"{name}: the damage went unnoticed")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 9, 10, 99])
def test_a_header_that_names_another_method(archive, method):
    original = archive.read_bytes()
    with zipfile.ZipFile(archive) as file:
        names = file.namelist()
    for name in names:
        damaged = bytearray(original)
        entry = original.rindex(name.encode(), 0, original.rindex(b"PK\x05\x06")) - 46
        assert original[entry : entry + 4] == b"PK\x01\x02"
        damaged[entry + 10 : entry + 12] = method.to_bytes(2, "little")
        archive.write_bytes(damaged)
        with pytest.raises(ArchiveUnreadable):
            verify_backup(archive)


def test_a_flipped_bit_anywhere_is_noticed_or_harmless(archive):
    original = archive.read_bytes()
    whole = verify_backup(archive)
    chance = random.Random(11)
    for _ in range(150):
        damaged = bytearray(original)
        damaged[chance.randrange(len(original))] ^= 1 << chance.randrange(8)
        archive.write_bytes(damaged)
        try:
            assert verify_backup(archive).members == whole.members
        except BackupError:
            continue


HOSTILE_NAMES = [
    "lake/../../escape",
    "../escape",
    "/etc/escape",
    "lake/..",
    "lake//x",
    "files/a\\..\\b",
    "files/",
    "database/\n",
    "elsewhere/x",
    "lake/./x",
    "secrets/other",
    "C:/x",
    "files/a/\x00b",
]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_names_that_could_leave_their_folder(archive, tmp_path, name):
    assert not is_safe_name(name)
    bad = remade(archive, tmp_path / "bad.zip", change=lambda manifest, members: members.update({name: b"x"}))
    with pytest.raises(ArchiveUnreadable):
        verify_backup(bad)


def test_a_member_that_the_manifest_does_not_name(archive, tmp_path):
    with pytest.raises(ArchiveUnreadable):
        verify_backup(remade(archive, tmp_path / "bad.zip", extra=[("files/more", b"x")]))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_appears_twice(archive, tmp_path):
    extra = [("files/uploads/契約書.pdf", b"other")]
    with pytest.raises(ArchiveUnreadable):
        verify_backup(remade(archive, tmp_path / "bad.zip", extra=extra))


def test_a_member_longer_than_its_word(archive, tmp_path):
    """A zip bomb: it says 10 bytes and unpacks to 50 MB."""
    bad = tmp_path / "bomb.zip"
    with zipfile.ZipFile(archive) as file:
        manifest = json.loads(file.read("manifest.json"))
    manifest["members"] = {"files/bomb": {"size": 10, "sha256": "0" * 64}}
    with zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("files/bomb", b"\0" * 50_000_000)
        file.writestr("manifest.json", json.dumps(manifest))
    with pytest.raises(MemberDamaged, match="> 10"):
        verify_backup(bad)


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest, members: manifest.update(format=2),
        lambda manifest, members: manifest.pop("ledger"),
        lambda manifest, members: manifest.update(members=[]),
        lambda manifest, members: manifest.update(surprise=1),
        lambda manifest, members: manifest.update(rows={"x": "many"}),
    ],
)
def test_a_manifest_of_another_form(archive, tmp_path, change):
    def spoil(manifest, members):
        change(manifest, members)
        if not isinstance(manifest["members"], dict):
            manifest["members"] = {"files/x": "y"}
            members.clear()

    with pytest.raises(ArchiveUnreadable):
        verify_backup(remade(archive, tmp_path / "bad.zip", change=spoil))


def test_the_command_says_it_in_one_line(filled, archive):
    archive.write_bytes(archive.read_bytes()[:-50])
    for words in (["backup", "--verify", archive], ["restore", archive, "--replace"]):
        done = filled.yui(*words)
        assert done.returncode == 1
        assert "別の控え" in done.stderr and "Traceback" not in done.stderr


def refused_restore(filled, archive) -> str:
    """Try the restore, see that the old state stands, return what was said."""
    before = filled.on_disk()
    done = filled.yui("restore", archive, "--replace")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert filled.on_disk() == before
    assert not list(filled.home.glob("*.restore-*")) and not (filled.home / "restore.journal").exists()
    return done.stderr


def test_another_version_is_named(filled, archive, tmp_path):
    def newer(manifest, members):
        manifest.update(yui="9.9")
        manifest["migrations"].append("registry.0099_future")

    said = refused_restore(filled, remade(archive, tmp_path / "newer.zip", change=newer))
    assert "9.9" in said and "registry.0099_future" in said


def test_a_forged_ledger_does_not_get_in(filled, archive, tmp_path):
    def forge(manifest, members):
        name = "database/ledger.Entry.jsonl"
        members[name] = members[name].replace(b"yui:x.y:7", b"yui:x.y:8", 1)

    said = refused_restore(filled, remade(archive, tmp_path / "forged.zip", change=forge))
    assert "ledger 131032" in said


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("scope.Organisation", b'[999,"x"]\n'),
        ("scope.Organisation", b"not json\n"),
        (
            "events.Event",
            b'[77,424242,"own","2026-01-01T00:00:00+00:00","2026-01-01T00:00:00+00:00",'
            b'"k","s","m","n",{},"2026-01-01T00:00:00+00:00"]\n',
        ),
        (
            "events.Event",
            b'[77,1,"own","yesterday","2026-01-01T00:00:00+00:00","k","s","m","n",{},"never"]\n',
        ),
    ],
)
def test_rows_that_cannot_be_loaded(filled, archive, tmp_path, table, line):
    def spoil(manifest, members):
        members[f"database/{table}.jsonl"] += line
        manifest["rows"][table] += 1

    refused_restore(filled, remade(archive, tmp_path / "bad.zip", change=spoil))
