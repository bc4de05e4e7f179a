"""Files sent in for examination and their reports, kept for a week for the person who sent them.

They are no records of a ward: nothing is counted from them, and nobody else sees them. So they are files
under names of our own, not rows of the database.
"""

import json
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from yui.kernel.lake.errors import LakeWriteFailed
from yui.transition.costs.engine.validation.verdicts import Report

KEPT_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True)
class KeptCheck:
    """One file to examine, or examined.

    Attributes:
        key: under which it is kept.
        user: the person who sent it in.
        organisation: the code of the organisation for which it was sent in.
        size: of the file, in bytes.
        version: the FOCUS version asked for; empty for the one that the columns point to.
        criteria: the applicability criteria declared.
    """

    key: str
    user: int | None
    organisation: str
    file_name: str
    size: int
    version: str = ""
    criteria: tuple[str, ...] = ()

    @property
    def upload(self) -> Path:
        """The file itself, gone once it is examined."""
        return _folder() / f"{self.key}.upload"

    @property
    def report(self) -> Report | None:
        """The report, ``None`` until the examination is done."""
        path = _folder() / f"{self.key}.report.json"
        return Report.from_json(json.loads(path.read_bytes())) if path.is_file() else None

    def keep_report(self, report: Report) -> None:
        """Keep the report in one step, and let the file go."""
        path = _folder() / f"{self.key}.report.json"
        unfinished = path.with_suffix(".part")
        unfinished.write_text(json.dumps(report.as_json(), ensure_ascii=False), encoding="utf-8")
        unfinished.replace(path)
        self.upload.unlink(missing_ok=True)

    @property
    def job(self) -> int | None:
        """The job that examines the file, where it is too large for a page."""
        path = _folder() / f"{self.key}.job"
        return int(path.read_text()) if path.is_file() else None

    def keep_job(self, job: int) -> None:
        """Remember the job that examines the file."""
        (_folder() / f"{self.key}.job").write_text(str(job))

    def forget(self) -> None:
        """Remove everything that is kept of the file."""
        for path in _folder().glob(f"{self.key}.*"):
            path.unlink(missing_ok=True)


def keep_file(
    chunks: Iterable[bytes],
    *,
    user: int | None,
    organisation: str,
    file_name: str,
    version: str = "",
    criteria: tuple[str, ...] = (),
) -> KeptCheck:
    """Keep a file that was sent in; what is older than a week goes.

    Raises:
        LakeWriteFailed: when the disk is full; nothing is kept.
    """
    folder, key, size = _folder(), str(uuid4()), 0
    path = folder / f"{key}.upload"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        with path.open("wb") as file:
            for chunk in chunks:
                size += file.write(chunk)
        kept = KeptCheck(key, user, organisation, file_name, size, version, criteria)
        (folder / f"{key}.json").write_text(json.dumps(asdict(kept), ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        path.unlink(missing_ok=True)
        raise LakeWriteFailed(path, error.strerror or str(error)) from error
    return kept


def kept_check(key: str) -> KeptCheck | None:
    """Return what is kept under ``key``, ``None`` when nothing is, or no longer."""
    try:
        path = _folder() / f"{UUID(key)}.json"
        data = json.loads(path.read_bytes())
    except (ValueError, FileNotFoundError):
        return None
    return KeptCheck(**{**data, "criteria": tuple(data["criteria"])})


def _folder() -> Path:
    folder: Path = settings.FILES / "costs-checks"
    return folder


def _sweep(folder: Path) -> None:
    oldest = time.time() - KEPT_SECONDS
    for path in folder.iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
