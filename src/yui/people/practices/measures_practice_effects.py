"""What good practices saved: hours and yen that were measured."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import Period
from yui.kernel.measures.counting import keys_of, ward_keys
from yui.kernel.measures.registry import BulkKey, measure
from yui.kernel.measures.values import DeferredEvidence, Measure, MeasureScope, Unit
from yui.people.practices.queries.practices.counting import (
    MeasuredSaving,
    measured_savings,
    saving_evidence,
)


def _sums(scopes: Sequence[MeasureScope], periods: Sequence[Period], unit: Unit) -> Mapping[BulkKey, Measure]:
    """Add up what was measured within each period, in hours or yen."""
    wards = ward_keys()
    savings = [each for each in measured_savings() if _amount(each, unit) is not None]
    found: dict[BulkKey, Measure] = {}
    for scope in scopes:
        inside = set(keys_of(scope, wards))
        mine = [each for each in savings if each.ward in inside]
        for period in periods:
            counted = [each for each in mine if period.start <= each.on < period.end]
            if not counted:
                continue
            total = sum((_amount(each, unit) or Decimal() for each in counted), Decimal())
            found[scope, period] = Measure(
                total,
                unit,
                total,
                None,
                DeferredEvidence(lambda counted=counted: saving_evidence(counted)),  # type: ignore[misc]
                note=translated("実測か比較による効果だけの、1年あたりの合計です。推計は入っていません。"),
                records=len(counted),
            )
    return found


def _amount(saving: MeasuredSaving, unit: Unit) -> Decimal | None:
    return saving.hours if unit == Unit.HOURS else saving.yen


def _lacking(scope: MeasureScope, period: Period) -> Sequence[str]:
    """Say what is missing."""
    return [translated("この期間に測った、事例の効果がありません(推計は数えません)。")]


@measure(code="practices.measured_effect_hours", title=_("事例で減った時間(実測)"), unit=Unit.HOURS)
def measured_effect_hours(scope: MeasureScope, period: Period) -> Measure | None:
    """Hours a year saved by practices, measured within the period, in wards of origin and adopters.

    Estimates are left out; each figure counts for the ward that measured it. More work than before lessens
    the sum.
    """
    return measured_effect_hours_bulk([scope], [period]).get((scope, period))


@measured_effect_hours.bulk
def measured_effect_hours_bulk(
    scopes: Sequence[MeasureScope], periods: Sequence[Period]
) -> Mapping[BulkKey, Measure]:
    """Add the hours up for many scopes and periods."""
    return _sums(scopes, periods, Unit.HOURS)


measured_effect_hours.lacking(_lacking)


@measure(code="practices.measured_effect_yen", title=_("事例で減った費用(実測)"), unit=Unit.YEN)
def measured_effect_yen(scope: MeasureScope, period: Period) -> Measure | None:
    """Yen a year saved by practices, measured within the period, in wards of origin and adopters.

    Estimates are left out; each figure counts for the ward that measured it.
    """
    return measured_effect_yen_bulk([scope], [period]).get((scope, period))


@measured_effect_yen.bulk
def measured_effect_yen_bulk(
    scopes: Sequence[MeasureScope], periods: Sequence[Period]
) -> Mapping[BulkKey, Measure]:
    """Add the yen up for many scopes and periods."""
    return _sums(scopes, periods, Unit.YEN)


measured_effect_yen.lacking(_lacking)
