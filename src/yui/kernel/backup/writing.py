"""Makes an archive.

The form is ZIP with 64-bit sizes: the standard library reads and writes it, so does every desktop, and
one member can be read without the others. Tables are deflated at the fastest level; the lake's Parquet
is compressed already and is stored as it is. Every member's SHA-256 goes into the manifest, the last
member; an archive without it was never finished.
"""

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.db.migrations.recorder import MigrationRecorder

from yui import __version__
from yui.kernel.backup.columns import header_line, kept_models, rows_as_lines
from yui.kernel.backup.errors import DatabaseFailed, LakeIncomplete, TargetExists, WriteFailed
from yui.kernel.backup.locking import exclusive
from yui.kernel.backup.manifest import DATABASE, FILES, FORMAT, LAKE, MANIFEST, SECRET, Manifest, Member
from yui.kernel.backup.snapshot import snapshot
from yui.kernel.lake.models import LakeFile
from yui.kernel.ledger.models import Chain

_BLOCK = 1 << 20
_FLUSH_AT = 1 << 18


def write_backup(path: Path, *, with_secrets: bool = False) -> Manifest:
    """Write everything this installation holds, as of now, into a new archive at ``path``.

    The archive appears under its name only when it is whole. It is readable by its owner alone.

    Args:
        path: the file to write.
        with_secrets: also keep the secret key, by which encrypted values can be read; whoever holds such
            an archive can read them and forge sign-ins.

    Raises:
        TargetExists, WriteFailed, DatabaseFailed, LakeIncomplete, AlreadyRunning.
    """
    if path.exists():
        raise TargetExists(path)
    partial = path.with_name(f".{path.name}.{uuid4().hex}.partial")
    try:
        with exclusive(settings.HOME):
            manifest = _write(partial, with_secrets=with_secrets)
            _give_name(partial, path)
        return manifest
    except FileExistsError:
        raise TargetExists(path) from None
    except OSError as problem:
        raise WriteFailed(path, problem.strerror or str(problem)) from problem
    except DatabaseError as problem:
        raise DatabaseFailed(problem) from problem
    finally:
        with suppress(OSError):
            partial.unlink()


def _give_name(partial: Path, path: Path) -> None:
    """Let the finished archive appear at ``path``, never over a file that came there meanwhile."""
    try:
        os.link(partial, path)
    except FileExistsError:
        raise
    except OSError:
        # A stick or share without hard links: the check and the move are then two steps.
        if path.exists():
            raise TargetExists(path) from None
        os.rename(partial, path)
    _sync_folder(path.parent)


def _write(partial: Path, *, with_secrets: bool) -> Manifest:
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with zipfile.ZipFile(file, "w", allowZip64=True) as archive, snapshot() as using:
            manifest = Manifest(
                format=FORMAT,
                yui=__version__,
                made_at=datetime.now(UTC).isoformat(),
                vendor=connection.vendor,
                migrations=applied_migrations(using),
                rows={},
                ledger={
                    c.organisation_code: (c.length, bytes(c.head).hex()) for c in Chain.objects.using(using)
                },
            )
            _add_tables(archive, manifest, using)
            _add_lake(archive, manifest, using)
            _add_files(archive, manifest)
            key = settings.HOME / "secret_key"
            if with_secrets and key.exists():
                _add(archive, manifest, SECRET, _blocks(key))
            archive.writestr(MANIFEST, manifest.to_json(), zipfile.ZIP_DEFLATED)
        file.flush()
        os.fsync(file.fileno())
    return manifest


def applied_migrations(using: str) -> list[str]:
    """Return the applied migrations, ``app.name``, sorted."""
    applied = MigrationRecorder(connections[using]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def _add(
    archive: zipfile.ZipFile, manifest: Manifest, name: str, blocks: Iterable[bytes], *, deflate: bool = True
) -> Member:
    """Write one member and note its size and hash in the manifest."""
    info = zipfile.ZipInfo(name, date_time=datetime.now(UTC).timetuple()[:6])
    info.external_attr = 0o600 << 16
    info.compress_type = zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED
    info._compresslevel = 1  # type: ignore[attr-defined]
    digest, size = hashlib.sha256(), 0
    with archive.open(info, "w", force_zip64=True) as member:
        for block in blocks:
            member.write(block)
            digest.update(block)
            size += len(block)
    manifest.members[name] = Member(size, digest.hexdigest())
    return manifest.members[name]


def _add_tables(archive: zipfile.ZipFile, manifest: Manifest, using: str) -> None:
    for model in kept_models():
        label = model._meta.label
        manifest.rows[label] = 0

        def lines(model: type = model, label: str = label) -> Iterator[bytes]:
            yield header_line(model)
            for line in rows_as_lines(model, using):
                manifest.rows[label] += 1
                yield line

        _add(archive, manifest, f"{DATABASE}{label}.jsonl", _gathered(lines()))


def _gathered(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Join short lines into larger blocks, which hash and compress faster."""
    waiting: list[bytes] = []
    length = 0
    for line in lines:
        waiting.append(line)
        length += len(line)
        if length >= _FLUSH_AT:
            yield b"".join(waiting)
            waiting, length = [], 0
    yield b"".join(waiting)


def _add_lake(archive: zipfile.ZipFile, manifest: Manifest, using: str) -> None:
    """Keep the files that the snapshot names: they never change, so they belong to the same moment."""
    named = LakeFile.objects.using(using).order_by("path").values_list("path", "sha256").distinct()
    for path, sha256 in named.iterator():
        try:
            member = _add(archive, manifest, f"{LAKE}{path}", _blocks(settings.LAKE / path), deflate=False)
        except FileNotFoundError:
            raise LakeIncomplete(path) from None
        if member.sha256 != sha256:
            raise LakeIncomplete(path)


def _add_files(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    for path in sorted(settings.FILES.rglob("*")):
        if path.is_file() and not path.is_symlink():
            name = f"{FILES}{path.relative_to(settings.FILES).as_posix()}"
            _add(archive, manifest, name, _blocks(path))


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
