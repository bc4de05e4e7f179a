"""Small file systems for tests, and filling them to the last byte."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MEBIBYTE = 1 << 20


@contextmanager
def mounted(folder: Path, size: int) -> Iterator[Path]:
    """Mount a file system with room for ``size`` bytes; the test is skipped where that is not allowed."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    try:
        made = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("a small file system is needed, and there is no mount command")
    if made.returncode:
        pytest.skip(f"a small file system is needed, and this user may not mount one: {made.stderr.strip()}")
    try:
        yield folder
    finally:
        # Lazily: what a test left open does not keep the folder.
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def filled(folder: Path, leaving: int = 0) -> Iterator[None]:
    """Fill the disk with something else, but for so many bytes; it goes away afterwards."""
    filler = folder / "filler"
    with open(filler, "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(65_536))
        except OSError:
            pass
        file.truncate(max(0, file.tell() - leaving))
    try:
        yield
    finally:
        filler.unlink(missing_ok=True)
