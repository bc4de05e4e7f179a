"""Upkeep of the event store, by the clock."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import now
from yui.kernel.scope.models import Organisation
from yui.kernel.tasks.registry import periodic
from yui.kernel.tasks.run import JobRun
from yui.security.soc.event_store.compaction import compact
from yui.security.soc.event_store.retention import expire, remove_hidden
from yui.security.soc.queries.senders.retention_of import retention_of

MICROSECONDS = 1_000_000


@periodic("soc.store.compact", title=_("ログのファイルをまとめる"), every_minutes=15)
def compact_events(run: JobRun) -> dict[str, Any]:
    """Merge small files of events, and remove those that nobody reads any more."""
    merged = compact(int(now().timestamp() * MICROSECONDS))
    return {"hours": merged.hours, "days": merged.days, "removed": remove_hidden()}


@periodic("soc.store.expire", title=_("保存期間を過ぎたログを消す"), daily_at="03:40")
def expire_events(run: JobRun) -> dict[str, Any]:
    """Remove the events of every ward whose time of keeping is over."""
    files = rows = 0
    moment = int(now().timestamp() * MICROSECONDS)
    wards = list(Organisation.objects.active())
    for number, ward in enumerate(wards):
        run.progress(number, len(wards), ward.name)
        run.check_cancelled()
        gone = expire(ward.code, retention_of(ward), moment)
        files, rows = files + gone.files, rows + gone.rows
    return {"files": files, "rows": rows}
