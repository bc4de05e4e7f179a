"""Making staged files visible, and old ones invisible, within the caller's transaction."""

from collections.abc import Iterable

from django.utils import timezone

from yui.kernel.lake.models import LakeFile, LakeFileQuerySet
from yui.kernel.lake.staging import Staged


def publish(staged: Iterable[Staged], *, batch: str) -> list[LakeFile]:
    """Name ``staged`` files in the manifest as the work of ``batch``; readers see them after the commit."""
    return LakeFile.objects.bulk_create(
        [
            LakeFile(
                dataset=file.dataset,
                organisation_code=file.organisation_code,
                month=file.month,
                part=file.part,
                path=file.path,
                sha256=file.sha256,
                rows=file.rows,
                bytes=file.bytes,
                batch=batch,
            )
            for file in staged
        ]
    )


def supersede(files: LakeFileQuerySet, *, by: str) -> int:
    """Hide ``files`` from readers because batch ``by`` took their place; they stay on the disk.

    Returns:
        how many files were live before and no longer are.
    """
    return files.live().update(superseded_by=by, superseded_at=timezone.now())


def withdraw(batch: str) -> int:
    """Hide every file of ``batch`` without anything in its place; return how many were live."""
    return LakeFile.objects.of_batch(batch).live().update(superseded_at=timezone.now())
