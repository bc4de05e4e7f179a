"""Store what every indicator shows for one or more months."""

import datetime
from collections.abc import Sequence

from django.utils import timezone

from yui.governance.indicators.models import IndicatorSnapshot
from yui.governance.indicators.queries.figures import (
    Figure,
    definition_version,
    figures_of_months,
    joint_scope,
    ward_scopes,
)
from yui.kernel.calendar_jp import Month
from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation, Visibility

PLACES = 6
BATCH = 500
"""Rows to a statement: both databases limit how many values one may carry."""


@operation("indicators.snapshot.take")
def take_snapshots(actor: Actor, *, secretariat: Organisation, months: Sequence[Month]) -> int:
    """Measure and store the figures of ``months``; return how many are new or differ from what was stored.

    The operation may run again at any time: what has not changed is left as it is, what has is superseded,
    and both measurements stay.
    """
    require(actor, Verb.ADMINISTER, secretariat)
    if not months:
        record_nothing("no month was asked for")
        return 0
    reader = Actor.system("indicators")
    scopes = [joint_scope(), *ward_scopes()]
    months = sorted(set(months))
    written = _store([_snapshot(secretariat, f, reader) for f in figures_of_months(months, scopes)])
    if not written:
        record_nothing("every stored figure still holds")
        return 0
    first, last = months[0], months[-1]
    record(
        secretariat,
        subject=urn("indicators.snapshot", last),
        summary=f"指標を記録しました({first}〜{last}、{written:,}件)",
        data={"months": [str(month) for month in months], "written": written},
        visibility=Visibility.WARDS,
    )
    return written


def _store(fresh: list[IndicatorSnapshot]) -> int:
    """Write the figures that are new or differ from what is stored."""
    months = {row.month for row in fresh}
    current = {
        _key(row): row
        for row in IndicatorSnapshot.objects.unscoped("figures of all wards are measured together").filter(
            month__gte=min(months), month__lte=max(months), is_current=True
        )
    }
    changed = [row for row in fresh if _differs(row, current.get(_key(row)))]
    superseded = [stored.pk for row in changed if (stored := current.get(_key(row)))]
    for start in range(0, len(superseded), BATCH):
        IndicatorSnapshot.objects.unscoped("superseded by a newer measurement").filter(
            pk__in=superseded[start : start + BATCH]
        ).update(is_current=False)
    IndicatorSnapshot.objects.bulk_create(changed, batch_size=BATCH)
    return len(changed)


def _key(row: IndicatorSnapshot) -> tuple[str, str, datetime.date]:
    return row.indicator_code, row.scope_code, row.month


def _differs(row: IndicatorSnapshot, stored: IndicatorSnapshot | None) -> bool:
    if stored is None:
        return True
    names = ("value", "numerator", "denominator", "records", "status", "definition")
    return any(getattr(row, name) != getattr(stored, name) for name in names)


def _snapshot(secretariat: Organisation, figure: Figure, reader: Actor) -> IndicatorSnapshot:
    measure, owner = figure.measure, figure.scope.organisation or secretariat
    return IndicatorSnapshot(
        organisation=owner,
        visibility=Visibility.WARDS,
        indicator_code=figure.indicator.code,
        scope_code=figure.scope.code,
        month=figure.month.first_day,
        value=None if measure is None else round(measure.value, PLACES),
        numerator=None if measure is None or measure.numerator is None else round(measure.numerator, PLACES),
        denominator=None
        if measure is None or measure.denominator is None
        else round(measure.denominator, PLACES),
        records=figure.records(reader),
        status=figure.status or "",
        definition=definition_version(figure.indicator),
        measured_at=timezone.now(),
    )
