"""Write a body's questions and posts out as JSON lines, or as a ZIP with the files that belong to them."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from yui.kernel.exchange.errors import StorageLost
from yui.kernel.exchange.operations import record_export
from yui.kernel.exchange.storage import verified_path
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.people.commons.formats.json_export import FILES, LINES, header, line_of
from yui.people.commons.policies import require_intake
from yui.people.commons.queries.exporting import (
    exported_records,
    own_questions_of,
    questions_elsewhere_of,
)

WHAT = "commons.posts"


@dataclass
class Exported:
    """How much was written.

    Attributes:
        records: questions, and questions of others with posts of the body.
        files: attached files whose bytes went along (none without a ZIP).
        lost: hashes of files whose bytes are gone or changed.
    """

    records: int = 0
    files: int = 0
    lost: tuple[str, ...] = ()


def export_posts(actor: Actor, *, organisation: Organisation, target: IO[bytes], as_zip: bool) -> Exported:
    """Write everything that a body asked and wrote to ``target``, after its ledger has been told.

    Raises:
        PermissionRefused: as ``require_intake``.
    """
    require_intake(actor, organisation)
    questions = own_questions_of(actor, organisation).count()
    elsewhere = questions_elsewhere_of(actor, organisation).count()
    record_export(actor, organisation, WHAT, questions + elsewhere, file_format="zip" if as_zip else "jsonl")
    done = Exported()
    records = _counted(
        done, exported_records(actor, organisation), header(organisation.code, questions, elsewhere)
    )
    if not as_zip:
        for record in records:
            target.write(line_of(record))
        return done
    hashes: dict[str, None] = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(LINES, "w", force_zip64=True) as lines:
            for record in records:
                hashes |= dict.fromkeys(_hashes_of(record))
                lines.write(line_of(record))
        done.lost = tuple(sha256 for sha256 in hashes if not _added(archive, sha256))
    done.files = len(hashes) - len(done.lost)
    return done


def _counted(
    done: Exported, records: Iterator[dict[str, Any]], first: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    yield first
    for record in records:
        done.records += 1
        yield record


def _hashes_of(record: dict[str, Any]) -> list[str]:
    return [file["sha256"] for post in record.get("posts", ()) for file in post["files"]]


def _added(archive: zipfile.ZipFile, sha256: str) -> bool:
    """Add the bytes of a file under its hash; say whether they are there."""
    try:
        archive.write(verified_path(sha256), f"{FILES}{sha256}")
    except StorageLost:
        return False
    return True
