"""Remind those in charge of practices that are about to expire."""

from datetime import date, timedelta

from yui.kernel.operations import operation, record_nothing
from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.kernel.policy.checkpoint import mark_checked
from yui.people.practices.models import Practice
from yui.people.practices.operations.practices.telling import tell_of_expiry
from yui.people.practices.queries.practices.people import people_in_charge

NOTICE_DAYS = 30
WHY = "the clock over practices looks at those of every ward"


@operation("practices.practice.notice_expiring")
def notice_expiring(actor: Actor, *, day: date) -> int:
    """Tell, once for each last day, of the practices that expire within ``NOTICE_DAYS``; return how many.

    Raises:
        PermissionRefused: when anybody but the installation itself asks.
    """
    if not actor.is_system:
        raise PermissionRefused(actor, Verb.ADMINISTER)
    mark_checked()
    due = (
        Practice.objects.unscoped(WHY)
        .published()
        .filter(expires_on__gte=day, expires_on__lte=day + timedelta(days=NOTICE_DAYS))
        .select_related("organisation")
    )
    told = 0
    for practice in due:
        if practice.expiry_noticed_for == practice.expires_on:
            continue
        title = f"事例「{practice.title}」の有効期限は{practice.expires_on:%Y-%m-%d}です。"
        tell_of_expiry(practice, people_in_charge(practice), title)
        practice.expiry_noticed_for = practice.expires_on
        practice.save(update_fields=["expiry_noticed_for"])
        told += 1
    record_nothing("reminders change nothing that is stated about a practice")
    return told
