"""Take a file in, to be looked at before it is loaded."""

from dataclasses import asdict
from typing import IO

from yui.governance.statistics.facts import SentFile, Wanted
from yui.governance.statistics.models import Intake, IntakeState, Source
from yui.governance.statistics.operations.subjects import subject_of
from yui.governance.statistics.operations.waiting import waiting_intake
from yui.governance.statistics.reading import LIMITS
from yui.kernel.calendar_jp import now
from yui.kernel.exchange.formats.guards import safe_name
from yui.kernel.exchange.storage import store_file
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require


def keep_file(stream: IO[bytes]) -> str:
    """Keep the bytes of a file and return their SHA-256; before the transaction, so that no lock is held.

    Raises:
        EmptyFile, FileTooLarge, StorageFull: saying what to do.
    """
    return store_file(stream, LIMITS.file_bytes).sha256


@operation("statistics.intake.receive")
def receive_file(actor: Actor, *, source: Source, file: SentFile, file_format: str, wanted: Wanted) -> Intake:
    """Note a kept file that waits to be looked at and loaded.

    Raises:
        PermissionRefused: when the actor may not import for the organisation that keeps the source.
    """
    require(actor, Verb.IMPORT, source.organisation)
    intake = Intake.objects.create(
        source=source,
        file_name=safe_name(file.name),
        sha256=file.sha256,
        file_format=file_format,
        retrieved_on=file.retrieved_on,
        wanted=asdict(wanted),
        taken_by_name=actor.name,
    )
    record(
        source.organisation,
        subject=subject_of(intake),
        summary=f"統計のファイル「{intake.file_name}」を受け付けました。",
        data={"sha256": file.sha256, "retrieved_on": file.retrieved_on},
        visibility=source.visibility,
    )
    return intake


@operation("statistics.intake.cancel")
def cancel_intake(actor: Actor, *, intake: Intake) -> Intake:
    """Give up a file that waits.

    Raises:
        PermissionRefused: when the actor may not import for the organisation that keeps the source.
        NotWaiting: when the file has been loaded or given up.
    """
    source = intake.source
    require(actor, Verb.IMPORT, source.organisation)
    stored = waiting_intake(intake)
    stored.state, stored.finished_at = IntakeState.CANCELLED, now()
    stored.save()
    record(
        source.organisation,
        subject=subject_of(stored),
        summary=f"統計のファイル「{stored.file_name}」の取り込みをやめました。",
        visibility=source.visibility,
    )
    return stored
