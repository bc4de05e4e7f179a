"""Count input that could not be taken in."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F

from yui.kernel.calendar_jp import TOKYO, now
from yui.kernel.operations import operation, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import LogSender, RejectedInput


@dataclass(frozen=True)
class RejectedCount:
    """How much was refused for one reason since the last call: number, explanation, the newest sample."""

    count: int
    detail: str = ""
    sample: str = ""


@operation("soc.sender.count_rejected")
def count_rejected(
    actor: Actor,
    *,
    ward: Organisation,
    rejected: Mapping[str, RejectedCount],
    sender: LogSender | None = None,
) -> None:
    """Add to today's counts of a sender (of the ward's files without one), by reason.

    Call it every few seconds with what has come together; one statement for each reason.

    Raises:
        PermissionRefused: when the actor may not import for the ward.
    """
    require(actor, Verb.IMPORT, ward)
    moment = now()
    day = moment.astimezone(TOKYO).date()
    for reason, found in rejected.items():
        if found.count <= 0:
            continue
        texts = {"detail": _clean(found.detail)[:500], "sample": _clean(found.sample)[:2000]}
        row, is_new = RejectedInput.objects.owned_by(ward).get_or_create(
            organisation=ward,
            sender=sender,
            day=day,
            reason=reason[:40],
            defaults={**texts, "count": found.count, "last_at": moment},
        )
        if not is_new:
            RejectedInput.objects.owned_by(ward).filter(pk=row.pk).update(
                count=F("count") + found.count, last_at=moment, updated_at=moment, **texts
            )
    record_nothing("counts of refused input are shown on the sender's page; they are no act of a person")


def _clean(text: str) -> str:
    """Return a text that every database takes."""
    return text.replace("\x00", "�").encode("utf-8", "replace").decode()
