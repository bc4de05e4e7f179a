"""Keep what daily hunts found in a day, and tell their owners."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from yui.kernel.links import urn
from yui.kernel.notices.public import MailTiming, NoticeKind, notify
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import SavedHunt, SavedHuntCount
from yui.security.soc.queries.hunting.daily import DailyCount

KIND_FOUND = "soc.hunt.found"
NOTICE_KINDS = (NoticeKind(KIND_FOUND, _("毎朝数えるハントの結果"), MailTiming.DAILY),)


@operation("soc.hunt.count")
def keep_daily_counts(
    actor: Actor, *, organisation: Organisation, day: date, counts: Sequence[DailyCount]
) -> int:
    """Keep the counts of an organisation's hunts, each once a day; return how many are new.

    Owners are told of hits and of what could not be counted; a day without hits is kept and not told.

    Raises:
        PermissionRefused: when the actor may not administer the organisation.
    """
    require(actor, Verb.ADMINISTER, organisation)
    # Locked, a hunt that somebody removes meanwhile is removed after its count, or is not here any more.
    hunts = SavedHunt.objects.owned_by(organisation).select_for_update(of=("self",)).filter(is_daily=True)
    standing = {hunt.pk: hunt for hunt in hunts}
    known = SavedHuntCount.objects.owned_by(organisation).filter(day=day, hunt__in=standing)
    done = set(known.values_list("hunt_id", flat=True))
    new = [one for one in counts if one.hunt.pk in standing and one.hunt.pk not in done]
    if not new:
        record_nothing("the day was counted before")
        return 0
    SavedHuntCount.objects.bulk_create(
        SavedHuntCount(hunt=one.hunt, day=day, count=one.count, problem=one.problem[:300]) for one in new
    )
    record(
        organisation,
        subject=urn("soc.saved_hunts", organisation.code),
        summary=f"毎朝のハントを{len(new)}個数えました。",
        data={"day": day},
    )
    for one in new:
        if one.count != 0:
            _tell(one, day)
    return len(new)


def _tell(one: DailyCount, day: date) -> None:
    found = "数えられませんでした" if one.count is None else f"{one.count:,}件"
    notify(
        [one.hunt.owner_id],
        kind=KIND_FOUND,
        title=f"ハント「{one.hunt.name}」: {day.month}月{day.day}日のログに{found}",
        body=one.problem,
        url=one.hunt.get_absolute_url(),
        urn=urn("soc.saved_hunt", one.hunt.pk),
        organisation=one.hunt.organisation,
    )
