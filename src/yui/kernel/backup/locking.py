"""One backup or restore at a time per installation."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yui.kernel.backup.errors import AlreadyRunning


@contextmanager
def exclusive(home: Path) -> Iterator[None]:
    """Hold the installation's backup lock; it ends with the process, however that ends.

    Raises:
        AlreadyRunning: when another process holds it.
    """
    home.mkdir(parents=True, exist_ok=True)
    with open(home / "backup.lock", "a", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning from None
        yield
