"""Takes a file in: keeps its bytes and opens a run for it."""

from typing import IO

from yui.kernel.exchange.formats.guards import safe_name
from yui.kernel.exchange.importers import importer_named
from yui.kernel.exchange.models import ImportRun
from yui.kernel.exchange.storage import StoredFile, store_file
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, require
from yui.kernel.scope.models import Organisation


def upload_file(
    actor: Actor, *, organisation: Organisation, importer: str, source: IO[bytes], name: str, sheet: str = ""
) -> ImportRun:
    """Keep the file and open a run for it; nothing is read yet.

    The bytes are written before the transaction begins, so that a large file holds no lock.

    Raises:
        PermissionRefused: where the actor may not import for the organisation.
        UnknownImporter, FileTooLarge, EmptyFile, StorageFull: saying what to do.
    """
    require(actor, importer_named(importer).verb, organisation)
    return _open_run(
        actor,
        organisation=organisation,
        importer=importer,
        stored=store_file(source),
        name=safe_name(name),
        sheet=sheet[:100],
    )


@operation("exchange.run.upload")
def _open_run(
    actor: Actor, *, organisation: Organisation, importer: str, stored: StoredFile, name: str, sheet: str
) -> ImportRun:
    """Record the kept file."""
    require(actor, importer_named(importer).verb, organisation)
    run = ImportRun.objects.create(
        organisation=organisation,
        importer=importer,
        original_name=name,
        sha256=stored.sha256,
        size=stored.size,
        sheet=sheet,
        requested_by_id=actor.user_id,
        requested_by_name=actor.name,
    )
    record(
        organisation,
        subject=run.urn,
        summary=f"ファイル「{name}」を受け付けました",
        data={"importer": importer, "sha256": stored.sha256, "size": stored.size},
    )
    return run
