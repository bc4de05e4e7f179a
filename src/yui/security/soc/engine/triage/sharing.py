"""What other wards may learn of a joint alert: kind, value, first and last time, count; never who.

Rules:

1. Only wards that share take part; what the others saw is not counted and their times do not show.
2. Of these, the largest set whose every ward agrees to be shown in a company of that size
   (``engine.joint.sightings.willing_together``); fewer than ``FEWEST`` give no sighting.
3. Times are cut to whole minutes, so that they do not name one event of one ward.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from yui.security.soc.engine.joint.sightings import willing_together

FEWEST = 2


class Share(NamedTuple):
    """What one ward brings to a joint alert, and what it lets be told.

    Attributes:
        first, last: its own first and last time.
        alerts: its own number of alerts.
        shares: whether it takes part in sightings.
        threshold: the smallest number of wards among which it lets itself be counted.
    """

    first: datetime
    last: datetime
    alerts: int
    shares: bool = True
    threshold: int = FEWEST


class Shared(NamedTuple):
    """What all wards learn: from when to when, how often, in how many wards."""

    first: datetime
    last: datetime
    alerts: int
    wards: int


def shared(shares: Sequence[Share]) -> Shared | None:
    """Return what may be told to all wards; None where nothing may."""
    least = {place: max(FEWEST, share.threshold) for place, share in enumerate(shares) if share.shares}
    telling = [shares[place] for place in willing_together(least)]
    if len(telling) < FEWEST:
        return None
    return Shared(
        first=min(share.first for share in telling).replace(second=0, microsecond=0),
        last=max(share.last for share in telling).replace(second=0, microsecond=0),
        alerts=sum(share.alerts for share in telling),
        wards=len(telling),
    )
