"""What is restored is what was backed up, row for row, on and between both databases."""

import json
import stat
import threading
import zipfile

import pytest

from yui.kernel.backup.restoring import verify_backup
from yui.kernel.backup.tests.conftest import contents


def test_into_an_empty_installation(filled, empty, archive):
    before = filled.on_disk()
    assert any(name.startswith("lake/demo/") for name in before)
    assert before["files/uploads/契約書.pdf"] == [b"%PDF- upload"]
    out = empty.run("restore", archive)
    assert "復元しました" in out and "400件" in out
    assert empty.on_disk() == before
    assert "OK" in empty.run("ledger", "verify", "--skip-checks")


@pytest.mark.postgresql
def test_from_sqlite_to_postgresql_and_back(filled, migrated, on_postgresql, archive, tmp_path):
    before = filled.state(tmp_path)
    on_postgresql.run("restore", archive)
    assert on_postgresql.state(tmp_path) == before
    on_postgresql.seed_more = on_postgresql.run(
        "shell",
        "-v0",
        "-c",
        "from yui.kernel.scope.models import Organisation as O;"
        "print(O.objects.create(code='139999', kind='ward', name_ja='新', name_en='', name_kana='').pk)",
    )
    assert int(on_postgresql.seed_more) > 2, "the sequence follows the loaded keys"
    back = tmp_path / "back.zip"
    on_postgresql.run("backup", back)
    migrated.run("restore", back)
    assert migrated.state(tmp_path) == on_postgresql.state(tmp_path)


@pytest.mark.postgresql
def test_replacing_on_postgresql(on_postgresql, archive, tmp_path):
    on_postgresql.run("migrate", "-v0", "--skip-checks")
    on_postgresql.seed(entries=5)
    refused = on_postgresql.yui("restore", archive)
    assert refused.returncode and "--replace" in refused.stderr
    on_postgresql.run("restore", archive, "--replace")
    assert "400" in on_postgresql.run("ledger", "verify", "--skip-checks")


def test_replacing_leaves_nothing_of_the_old_state(migrated, archive, tmp_path):
    migrated.seed(entries=3)
    (migrated.home / "files" / "old.txt").write_text("old")
    (migrated.home / "search").mkdir()
    migrated.run("restore", archive, "--replace")
    assert not (migrated.home / "files" / "old.txt").exists()
    assert not (migrated.home / "search").exists()
    leftovers = {path.name for path in migrated.home.iterdir()} - {
        "backup.lock",
        "files",
        "lake",
        "secret_key",
        "yui.sqlite3",
        "yui.sqlite3-shm",
        "yui.sqlite3-wal",
    }
    assert not leftovers


def test_a_snapshot_is_one_moment_though_somebody_writes(filled, tmp_path):
    writer = filled.start(
        "shell",
        "-v0",
        "-c",
        "from yui.kernel.ledger.append import append, Act\n"
        "print('writing', flush=True)\n"
        "while True: append('131032', [Act('w', 'x.y.z', 'yui:x.y:1', {})])",
    )
    try:
        assert writer.stdout.readline() == "writing\n"
        archives = [tmp_path / f"{number}.zip" for number in range(3)]
        for path in archives:
            filled.run("backup", path)
    finally:
        writer.kill()
        writer.communicate()
    lengths = []
    for path in archives:
        manifest = verify_backup(path)
        lengths.append(manifest.ledger["131032"][0])
        assert manifest.rows["ledger.Entry"] == sum(length for length, _head in manifest.ledger.values())
    assert lengths == sorted(lengths) and lengths[0] < lengths[-1]


def test_the_secret_key_only_on_demand(filled, migrated, tmp_path):
    plain, secret = tmp_path / "plain.zip", tmp_path / "secret.zip"
    key = (filled.home / "secret_key").read_bytes()
    filled.run("backup", plain)
    filled.run("backup", secret, "--with-secrets")
    assert key not in plain.read_bytes()
    assert zipfile.ZipFile(secret).read("secrets/secret_key") == key
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    migrated.run("restore", secret)
    assert (migrated.home / "secret_key").read_bytes() != key
    migrated.run("restore", secret, "--replace", "--with-secrets")
    assert (migrated.home / "secret_key").read_bytes() == key
    assert stat.S_IMODE((migrated.home / "secret_key").stat().st_mode) == 0o600


def test_sessions_are_not_carried_over(filled, tmp_path):
    path = tmp_path / "yui.zip"
    filled.run("backup", path)
    state = contents(path)
    assert "database/sessions.Session.jsonl" not in state
    assert "database/search.DirtyDocument.jsonl" not in state
    assert "database/organisations.User.jsonl" in state


def test_every_value_is_plain_json(archive):
    with zipfile.ZipFile(archive) as file:
        for name in file.namelist():
            if name.startswith("database/"):
                header, *rows = file.read(name).decode().splitlines()
                assert all(len(json.loads(row)) == len(json.loads(header)) for row in rows)


def test_two_at_once(filled, tmp_path):
    paths = [tmp_path / "one.zip", tmp_path / "two.zip"]
    results = []
    threads = [
        threading.Thread(target=lambda p=path: results.append(filled.yui("backup", p))) for path in paths
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for result in results:
        assert result.returncode == 0 or "もう一度" in result.stderr
        assert "Traceback" not in result.stderr
    assert any(result.returncode == 0 for result in results)
