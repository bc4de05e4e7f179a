"""Decide for how many days a ward keeps its events."""

from collections.abc import Mapping

from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import EVERY_CLASS, EventRetention


@operation("soc.retention.set")
def keep_events(actor: Actor, *, ward: Organisation, days: Mapping[int, int]) -> bool:
    """Set the days by OCSF class (``class_uid``; 0 for all others); tell whether anything changed.

    Shortening removes events at the next nightly run; what is removed does not come back.

    Raises:
        PermissionRefused: when the actor does not administer the ward.
        ValidationError: when a number of days is out of bounds.
        ValueError: when nothing is said for all other classes.
    """
    require(actor, Verb.ADMINISTER, ward)
    if EVERY_CLASS not in days:
        raise ValueError("the days of all other classes are missing")
    standing = {row.class_uid: row for row in EventRetention.objects.owned_by(ward)}
    before = {uid: row.days for uid, row in standing.items()}
    if before == dict(days):
        record_nothing("the days are the same")
        return False
    for uid, number in days.items():
        row = standing.pop(uid, None) or EventRetention(organisation=ward, class_uid=uid)
        row.days = number
        row.full_clean()
        row.save()
    for row in standing.values():
        row.delete()
    record(
        ward,
        subject=urn("soc.retention", ward.code),
        summary="ログの保存期間を変えました。",
        changes={str(uid): [before.get(uid), days.get(uid)] for uid in sorted({*before, *days})},
    )
    return True
