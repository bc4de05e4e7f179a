"""Times of papers."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from yui.security.soc.operations.incidents.errors import IncidentRefused


class PaperTimeWrong(IncidentRefused):
    """A paper cannot have been sent or received at this time."""

    def __init__(self) -> None:
        super().__init__(
            _("まだ来ていない日時や、提出より前の受領は記録できません。"), code="paper_time_wrong"
        )


def require_past(at: datetime | None, recorded_at: datetime, earliest: datetime | None = None) -> datetime:
    """Return the time to record: as stated, else that of recording.

    Raises:
        PaperTimeWrong: for a time in the future, or before ``earliest``.
    """
    wanted = at or recorded_at
    if wanted > recorded_at or (earliest is not None and wanted < earliest):
        raise PaperTimeWrong
    return wanted
