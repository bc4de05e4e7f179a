"""Say that a practice still holds."""

from datetime import date

from yui.kernel.calendar_jp import today
from yui.kernel.operations import operation
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor
from yui.people.practices.models import Practice, PracticeState
from yui.people.practices.operations.practices.errors import WrongPracticeState
from yui.people.practices.operations.practices.keeping import locked, tell
from yui.people.practices.policies import require_write


def in_years(day: date, years: int) -> date:
    """Return the same day some years later; the 29th of February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


@operation("practices.practice.extend")
def extend_practice(actor: Actor, *, practice: Practice, years: int = 1) -> date:
    """Let the practice hold for some years from today, and return its new last day.

    Raises:
        PermissionRefused: when the actor neither wrote it nor edits for the ward.
        WrongPracticeState: when it is not published.
    """
    require_write(actor, practice)
    stored = locked(practice)
    if stored.state != PracticeState.PUBLISHED:
        raise WrongPracticeState(stored.get_state_display())
    before, after = stored.expires_on, in_years(today(), years)
    stored.expires_on = after
    save_checked(stored)
    tell(
        stored,
        "がまだ使えることを確かめました。",
        changes={"expires_on": [before.isoformat() if before else None, after.isoformat()]},
    )
    return after
