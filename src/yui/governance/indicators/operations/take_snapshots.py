"""Store what every indicator shows for one or more months."""

from collections.abc import Sequence

from django.utils import timezone

from yui.governance.indicators.models import IndicatorSnapshot
from yui.governance.indicators.queries.figures import Figure, definition_version, figures, joint_scope, ward_scopes
from yui.kernel.calendar_jp import Month
from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation, Visibility

PLACES = 6


@operation("indicators.snapshot.take")
def take_snapshots(actor: Actor, *, secretariat: Organisation, months: Sequence[Month]) -> int:
    """Measure and store the figures of ``months``; return how many are new or differ from what was stored.

    The operation may run again at any time: what has not changed is left as it is, what has is superseded,
    and both measurements stay.
    """
    require(actor, Verb.ADMINISTER, secretariat)
    reader = Actor.system("indicators")
    scopes = [joint_scope(), *ward_scopes()]
    written = sum(_store(secretariat, list(figures(month, scopes).values()), reader) for month in months)
    if not written:
        record_nothing("every stored figure still holds")
        return 0
    first, last = min(months), max(months)
    record(
        secretariat,
        subject=urn("indicators.snapshot", last),
        summary=f"指標を記録しました({first}〜{last}、{written:,}件)",
        data={"months": [str(month) for month in months], "written": written},
        visibility=Visibility.WARDS,
    )
    return written


def _store(secretariat: Organisation, measured: list[Figure], reader: Actor) -> int:
    """Write the figures of one month that are new or differ."""
    month = measured[0].month
    current = {
        (row.indicator_code, row.scope_code): row
        for row in IndicatorSnapshot.objects.unscoped("figures of all wards are measured together").filter(
            month=month.first_day, is_current=True
        )
    }
    fresh = [_snapshot(secretariat, figure, reader) for figure in measured]
    changed = [row for row in fresh if _differs(row, current.get((row.indicator_code, row.scope_code)))]
    superseded = [current[key].pk for row in changed if (key := (row.indicator_code, row.scope_code)) in current]
    IndicatorSnapshot.objects.unscoped("superseded by a newer measurement").filter(pk__in=superseded).update(
        is_current=False
    )
    IndicatorSnapshot.objects.bulk_create(changed, batch_size=200)
    return len(changed)


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
        denominator=None if measure is None or measure.denominator is None else round(measure.denominator, PLACES),
        records=figure.records(reader),
        status=figure.status or "",
        definition=definition_version(figure.indicator),
        measured_at=timezone.now(),
    )
