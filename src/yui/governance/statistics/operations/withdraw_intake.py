"""Take the figures of a file out again."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from yui.governance.statistics.errors import NotApplied
from yui.governance.statistics.models import Intake, IntakeState, Observation, Series
from yui.governance.statistics.operations.subjects import subject_of
from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import ScopedQuerySet

KEYS = 500


@operation("statistics.intake.withdraw")
def withdraw_intake(actor: Actor, *, intake: Intake) -> Intake:
    """Remove the figures that a file brought; what they superseded is current again.

    That the file confirmed other figures stays: they keep the retrieval date that it gave them.

    Raises:
        PermissionRefused: when the actor may not import for the organisation that keeps the source.
        NotApplied: when the file is not loaded, or withdrawn already.
    """
    source = intake.source
    require(actor, Verb.IMPORT, source.organisation)
    stored = Intake.objects.owned_by(source.organisation).select_for_update().get(pk=intake.pk)
    if stored.state != IntakeState.APPLIED:
        raise NotApplied
    everything = Observation.objects.owned_by(source.organisation)
    brought = everything.filter(intake=stored)
    gone = dict(brought.values_list("pk", "series"))
    # Foreign keys are looked at when the transaction ends; until then rows may point at what is gone.
    brought._raw_delete(brought.db)
    _restore(everything.filter(series__in=set(gone.values())), set(gone))
    for series in Series.objects.owned_by(source.organisation).filter(pk__in=set(gone.values())):
        known = everything.filter(series=series).aggregate(newest=Max("confirmed_on"))
        series.retrieved_on = known["newest"]
        series.save(update_fields=["retrieved_on"])
    stored.state, stored.finished_at = IntakeState.WITHDRAWN, now()
    stored.save()
    record(
        source.organisation,
        subject=subject_of(stored),
        summary=f"統計のファイル「{stored.file_name}」の値を取り消しました({len(gone):,}件)。",
        data={"sha256": stored.sha256, "removed": len(gone)},
        visibility=source.visibility,
    )
    return stored


def _restore(remaining: ScopedQuerySet, gone: set[int]) -> None:
    """Let the newest of what was behind a removed figure be current, and put the others behind it."""
    rows = remaining.values_list("pk", "series", "area_code", "starts_on", "confirmed_on", "superseded_by")
    cells: dict[tuple[int, str, date], list[tuple[date, int, int | None]]] = defaultdict(list)
    for key, series, area, starts_on, confirmed_on, superseded_by in rows:
        cells[series, area, starts_on].append((confirmed_on, key, superseded_by))
    current: list[int] = []
    for found in cells.values():
        left = [key for _day, key, superseded_by in found if superseded_by in gone]
        if not left:
            continue
        newest = max(found)[1]
        others = [key for key in left if key != newest]
        if newest in left:
            current.append(newest)
        if others:
            remaining.filter(pk__in=others).update(superseded_by=newest)
    for keys in _chunks(current):
        remaining.filter(pk__in=keys).update(superseded_by=None)


def _chunks(keys: list[int]) -> Iterable[list[int]]:
    return (keys[start : start + KEYS] for start in range(0, len(keys), KEYS))
