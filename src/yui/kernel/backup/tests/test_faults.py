"""Full disks, killed processes, missing files: the old state or the new one, and a clear message."""

import json
import resource
import shutil
import signal
import time
from dataclasses import replace
from uuid import uuid4

import pytest

from yui.kernel.backup import recovery
from yui.kernel.backup.errors import SpaceMissing
from yui.kernel.backup.manifest import Manifest, Member
from yui.kernel.backup.restoring import check_space


def limited_to(size: int):
    """What a full disk does to a process: no file grows beyond ``size`` bytes."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def test_a_full_disk_while_backing_up(filled, tmp_path):
    target = tmp_path / "out" / "yui.zip"
    target.parent.mkdir()
    done = filled.yui("backup", target, preexec_fn=limited_to(40_000))
    assert done.returncode == 1
    assert "ディスクの空き" in done.stderr and "Traceback" not in done.stderr
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize("size", [40_000, 60_000, 90_000])
def test_a_full_disk_while_restoring(filled, archive, tmp_path, size):
    before = filled.on_disk()
    done = filled.yui("restore", archive, "--replace", preexec_fn=limited_to(size))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert filled.on_disk() == before
    assert not list(filled.home.glob("*.restore-*"))


def test_no_room_is_seen_before_anything_is_written(settings, tmp_path):
    settings.HOME, settings.LAKE = tmp_path, tmp_path / "lake"
    huge = shutil.disk_usage(tmp_path).total * 2
    manifest = Manifest(1, "x", "x", "x", [], {}, {}, {"lake/a": Member(huge, "0" * 64)})
    with pytest.raises(SpaceMissing, match="空きが足りません"):
        check_space(manifest)
    check_space(replace(manifest, members={"lake/a": Member(1, "0" * 64)}))


@pytest.mark.parametrize("target", ["missing/yui.zip", ""])
def test_a_place_that_cannot_be_written(filled, tmp_path, target):
    done = filled.yui("backup", tmp_path / target)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_an_archive_is_never_overwritten(filled, archive):
    content = archive.read_bytes()
    done = filled.yui("backup", archive)
    assert done.returncode == 1 and "別の名前" in done.stderr
    assert archive.read_bytes() == content


@pytest.mark.parametrize("damage", ["missing", "changed"])
def test_a_lake_that_is_not_whole(filled, tmp_path, damage):
    file = next((filled.home / "lake").rglob("*.parquet"))
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(b"other")
    done = filled.yui("backup", tmp_path / "yui.zip")
    assert done.returncode == 1
    assert file.name in done.stderr and "yui lake verify" in done.stderr
    assert not (tmp_path / "yui.zip").exists()


def test_a_restore_mends_a_damaged_lake(filled, archive):
    file = next((filled.home / "lake").rglob("*.parquet"))
    content = file.read_bytes()
    file.write_bytes(b"other")
    filled.run("restore", archive, "--replace")
    assert file.read_bytes() == content
    assert list(file.parent.iterdir()) == [file]


def test_killed_at_any_moment(filled, migrated, archive, tmp_path):
    new = filled.on_disk()
    migrated.seed(entries=7)
    (migrated.home / "files" / "uploads" / "old.txt").write_text("old")
    old = migrated.on_disk()
    started = time.monotonic()
    copy = tmp_path / "timing"
    shutil.copytree(migrated.home, copy)
    type(migrated)(copy, f"sqlite:///{copy / 'yui.sqlite3'}").run("restore", archive, "--replace")
    whole = time.monotonic() - started
    seen = set()
    for step in range(8):
        process = migrated.start("restore", archive, "--replace")
        time.sleep(whole * (0.45 + step * 0.08))
        process.kill()
        process.communicate()
        if recovery.journal_path(migrated.home).exists():
            migrated.run("ledger", "verify", "--skip-checks")
        state = migrated.on_disk()
        assert state in (old, new), f"a mixture after a kill at step {step}"
        seen.add("new" if state == new else "old")
        if state == new:
            break
    migrated.run("restore", archive, "--replace")
    assert migrated.on_disk() == new
    assert "old" in seen


@pytest.fixture
def interrupted(migrated, archive):
    """A restored installation beside which a second restore prepared its files and was killed."""
    migrated.run("restore", archive)
    number = uuid4()
    staged = recovery.staged_files(migrated.home, number)
    staged.mkdir()
    (staged / "new.txt").write_text("new")
    recovery.staged_secret(migrated.home, number).write_text("new key")
    recovery.write_journal(migrated.home, number)
    return migrated, number


def test_killed_before_the_commit_goes_back(interrupted):
    installation, number = interrupted
    key = (installation.home / "secret_key").read_text()
    assert "OK" in installation.run("ledger", "verify", "--skip-checks")
    assert not recovery.journal_path(installation.home).exists()
    assert not recovery.staged_files(installation.home, number).exists()
    assert (installation.home / "files" / "uploads" / "契約書.pdf").exists()
    assert (installation.home / "secret_key").read_text() == key


@pytest.mark.parametrize("moved", ["nothing", "old files", "both"])
def test_killed_after_the_commit_goes_forward(interrupted, moved):
    installation, number = interrupted
    journal = recovery.journal_path(installation.home)
    kept = journal.read_text()
    journal.unlink()
    installation.run(
        "shell",
        "-v0",
        "-c",
        "from yui.kernel.backup.models import Restoration as R; from django.utils.timezone import now;"
        f"R.objects.create(id='{number}', archive_made_at=now(), restored_at=now())",
    )
    journal.write_text(kept)
    files = installation.home / "files"
    if moved != "nothing":
        files.rename(installation.home / f"files.before-{number.hex}")
    if moved == "both":
        recovery.staged_files(installation.home, number).rename(files)
    assert "OK" in installation.run("ledger", "verify", "--skip-checks")
    assert [path.name for path in files.iterdir()] == ["new.txt"]
    assert (installation.home / "secret_key").read_text() == "new key"
    assert {path.name for path in installation.home.glob("*.before-*")} == set()
    assert not journal.exists()


def test_the_journal_names_its_restore(tmp_path):
    number = uuid4()
    recovery.write_journal(tmp_path, number)
    assert json.loads(recovery.journal_path(tmp_path).read_text()) == {"number": number.hex}
    assert [path.name for path in tmp_path.iterdir()] == ["restore.journal"]


def test_a_broken_database_connection(filled, archive):
    filled.database_url = "postgres://postgres@127.0.0.1:1/none"
    done = filled.yui("restore", archive, "--replace")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    done = filled.yui("backup", archive.with_name("other.zip"))
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert not archive.with_name("other.zip").exists()
