"""Times that people state, other than moments."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from yui.security.soc.engine.incidents import LONGEST_MEMORY
from yui.security.soc.operations.incidents.errors import IncidentRefused


class PaperTimeWrong(IncidentRefused):
    """A paper cannot have been sent or received at this time."""

    def __init__(self) -> None:
        super().__init__(
            _("まだ来ていない日時や、提出より前の受領は記録できません。"), code="paper_time_wrong"
        )


class TimeWrong(IncidentRefused):
    """A stated time lies in the future, or too long ago to be true."""

    def __init__(self) -> None:
        super().__init__(_("まだ来ていない日時や、古すぎる日時は記録できません。"), code="time_wrong")


def require_past(at: datetime | None, recorded_at: datetime, earliest: datetime | None = None) -> datetime:
    """Return the time to record: as stated, else that of recording.

    Raises:
        PaperTimeWrong: for a time in the future, or before ``earliest``.
    """
    wanted = at or recorded_at
    if wanted > recorded_at or (earliest is not None and wanted < earliest):
        raise PaperTimeWrong
    return wanted


def require_plausible(at: datetime | None, recorded_at: datetime) -> None:
    """Let a stated time stand that is not in the future and not longer ago than ``LONGEST_MEMORY``.

    Raises:
        TimeWrong: for any other; nothing stated is fine.
    """
    if at is not None and not recorded_at - LONGEST_MEMORY <= at <= recorded_at:
        raise TimeWrong
