"""Taking a file in, before anything of it is imported."""

from typing import IO

from yui.kernel.exchange.formats.guards import safe_name
from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.transition.costs.kept_files import KeptFile, keep
from yui.transition.costs.models import FileIntake


def keep_file(
    actor: Actor, *, organisation: Organisation, source: IO[bytes], name: str, kind: str
) -> FileIntake:
    """Keep the bytes of ``source`` and open an intake for them; nothing is read yet.

    The bytes are written before the transaction begins, so that a large file holds no lock.

    Raises:
        PermissionRefused: when the actor may not import for the organisation.
        EmptyFile, FileTooLarge: by size.
        LakeWriteFailed: when the disk is full.
    """
    require(actor, Verb.IMPORT, organisation)
    return _open(actor, organisation=organisation, kept=keep(source), name=safe_name(name), kind=kind)


@operation("costs.intake.open")
def _open(actor: Actor, *, organisation: Organisation, kept: KeptFile, name: str, kind: str) -> FileIntake:
    """Record the kept file."""
    require(actor, Verb.IMPORT, organisation)
    intake = FileIntake.objects.create(
        organisation=organisation,
        file_name=name,
        kept_as=kept.name,
        sha256=kept.sha256,
        size=kept.size,
        kind=kind,
        requested_by_name=actor.name,
    )
    record(
        organisation,
        subject=urn("costs.intake", intake.pk),
        summary=f"コストのファイル「{name}」を受け付けました",
        data={"sha256": kept.sha256, "size": kept.size},
    )
    return intake
