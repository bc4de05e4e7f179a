"""Keeping the lake clean and whole: sweeping what no manifest names, and checking what it names."""

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from yui.kernel.lake.models import LakeFile
from yui.kernel.lake.staging import STAGING, sha256_of

HOUR = 3600
DEFAULT_AGE_HOURS = 24


@dataclass(frozen=True)
class Damage:
    """A file of the manifest that is not what it was."""

    path: str
    is_live: bool
    problem: str


def sweep(older_than_hours: float = DEFAULT_AGE_HOURS) -> list[str]:
    """Remove files that no manifest row names and that are older than ``older_than_hours``.

    The age keeps the sweeper away from an import that has staged its files and not yet committed.

    Returns:
        the removed paths, relative to the lake.
    """
    before = time.time() - older_than_hours * HOUR
    # Files are listed first: what an import publishes meanwhile is then in the manifest read afterwards.
    months = settings.LAKE.glob("*/organisation=*/month=*")
    found = (path for month in months for path in month.rglob("*"))
    candidates = [path for path in found if path.is_file() and _is_old(path, before)]
    named = set(LakeFile.objects.values_list("path", flat=True))
    removed = []
    for path in candidates:
        relative = path.relative_to(settings.LAKE).as_posix()
        if relative not in named:
            path.unlink(missing_ok=True)
            removed.append(relative)
    for folder in settings.LAKE.glob(f"{STAGING}/*"):
        if _is_old(folder, before):
            shutil.rmtree(folder, ignore_errors=True)
            removed.append(folder.relative_to(settings.LAKE).as_posix())
    return sorted(removed)


def _is_old(path: Path, before: float) -> bool:
    try:
        return path.stat().st_mtime <= before
    except FileNotFoundError:
        return False


def verify() -> Iterator[Damage]:
    """Compare every file of the manifest, superseded ones too, with its recorded size and SHA-256."""
    for file in LakeFile.objects.order_by("path").iterator():
        problem = _problem_of(settings.LAKE / file.path, file)
        if problem:
            yield Damage(file.path, file.superseded_at is None, problem)


def _problem_of(path: Path, file: LakeFile) -> str:
    """Say what is wrong with a file, or return an empty text."""
    if not path.is_file():
        return _("ファイルがありません")
    if path.stat().st_size != file.bytes:
        return _("大きさが記録と違います")
    if sha256_of(path) != file.sha256:
        return _("内容が記録と違います")
    return ""
