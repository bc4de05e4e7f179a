"""Opens an archive and proves every byte of it before anything else is done."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yui.kernel.backup.errors import ArchiveUnreadable, MemberDamaged
from yui.kernel.backup.manifest import FORMAT, MANIFEST, Manifest

_BLOCK = 1 << 20
_LARGEST_MANIFEST = 256 << 20
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)


class Archive:
    """An open archive whose manifest was read and whose names agree with it."""

    def __init__(self, path: Path, content: zipfile.ZipFile, manifest: Manifest) -> None:
        self.path, self.content, self.manifest = path, content, manifest

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield the content of a member; its size and SHA-256 have been checked at the end.

        Raises:
            MemberDamaged: when it is not what the manifest says. Nothing longer than it says is yielded.
        """
        expected = self.manifest.members[name]
        digest, size = hashlib.sha256(), 0
        try:
            with self.content.open(name) as member:
                while block := member.read(_BLOCK):
                    size += len(block)
                    if size > expected.size:
                        raise MemberDamaged(name, f"> {expected.size} bytes")
                    digest.update(block)
                    yield block
        except _BROKEN as problem:
            raise MemberDamaged(name, str(problem)) from problem
        if size != expected.size or digest.hexdigest() != expected.sha256:
            raise MemberDamaged(name, "SHA-256")

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of a table's member."""
        rest = b""
        for block in self.blocks(name):
            *whole, rest = (rest + block).split(b"\n")
            yield from whole
        if rest:
            raise MemberDamaged(name, "the last line has no end")

    def verify(self) -> None:
        """Read every member to its end.

        Raises:
            MemberDamaged: at the first that is not what the manifest says.
        """
        for name in self.manifest.members:
            for _block in self.blocks(name):
                pass


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open the archive at ``path`` and read its manifest.

    Raises:
        ArchiveUnreadable: when it is no archive of Yui, is cut off, is of another format, has members that
            the manifest does not name, or names that could leave their folder.
    """
    try:
        content = zipfile.ZipFile(path)
    except _BROKEN as problem:
        raise ArchiveUnreadable(path, str(problem)) from problem
    with content:
        yield Archive(path, content, _manifest(path, content))


def _manifest(path: Path, content: zipfile.ZipFile) -> Manifest:
    names = content.namelist()
    # A damaged or foreign header may name another method, whose decoder fails in ways of its own.
    if foreign := [member.filename for member in content.infolist() if member.compress_type not in _METHODS]:
        raise ArchiveUnreadable(path, f"{foreign[0]}: its method of compression is not one of Yui's")
    try:
        if content.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
            raise ArchiveUnreadable(path, f"{MANIFEST} is too large")
        manifest = Manifest.from_json(content.read(MANIFEST))
    except (KeyError, *_BROKEN) as problem:
        raise ArchiveUnreadable(path, str(problem)) from problem
    if manifest.format != FORMAT:
        raise ArchiveUnreadable(path, f"format {manifest.format}; this Yui reads format {FORMAT}")
    if len(names) != len(set(names)) or set(names) != {MANIFEST, *manifest.members}:
        raise ArchiveUnreadable(path, "its members are not those of its manifest")
    return manifest
