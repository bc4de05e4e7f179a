"""Figures of good practices for indicators; the savings they brought stand beside."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import FiscalYear, Period, today
from yui.kernel.measures.counting import count_of, keys_of, ward_keys
from yui.kernel.measures.registry import BulkKey, measure
from yui.kernel.measures.values import DeferredEvidence, Measure, MeasureScope, Unit
from yui.people.practices import measures_practice_effects
from yui.people.practices.operations.practices.extend_practice import in_years
from yui.people.practices.queries.practices.counting import (
    Registered,
    adoption_evidence,
    introductions,
    practice_evidence,
    registered_practices,
)
from yui.people.practices.queries.proposals.baselines import staff_by_ward, staff_in

EFFECTS = (measures_practice_effects.measured_effect_hours, measures_practice_effects.measured_effect_yen)
"""Importing them offers them."""

Work = Callable[[Sequence[int], Period, Sequence[Registered]], Measure | None]


def _each(scopes: Sequence[MeasureScope], periods: Sequence[Period], work: Work) -> Mapping[BulkKey, Measure]:
    """Work a figure out for many scopes and periods from one read of all registrations."""
    wards, by_ward = ward_keys(), _by_ward(registered_practices())
    found: dict[BulkKey, Measure] = {}
    for scope in scopes:
        inside = keys_of(scope, wards)
        mine = [each for ward in inside for each in by_ward.get(ward, ())]
        for period in periods if mine else ():
            figure = work(inside, period, mine)
            if figure is not None:
                found[scope, period] = figure
    return found


def _by_ward(practices: Sequence[Registered]) -> dict[int, list[Registered]]:
    found: dict[int, list[Registered]] = {}
    for each in practices:
        found.setdefault(each.ward, []).append(each)
    return found


def _in(day: date, period: Period) -> bool:
    return period.start <= day < period.end


def _nothing_registered(scope: MeasureScope, period: Period) -> Sequence[str]:
    """Say what is missing."""
    return [translated("グッドプラクティスがまだ一つも登録されていません。")]


@measure(code="practices.registered", title=_("グッドプラクティスの登録件数"), unit=Unit.COUNT)
def registered(scope: MeasureScope, period: Period) -> Measure | None:
    """Practices whose first version was published within the period, having been read by another ward.

    What did not work counts too, and what was withdrawn later. No data where none was ever registered.
    """
    return registered_bulk([scope], [period]).get((scope, period))


@registered.bulk
def registered_bulk(scopes: Sequence[MeasureScope], periods: Sequence[Period]) -> Mapping[BulkKey, Measure]:
    """Count the registrations of many scopes and periods."""

    def work(inside: Sequence[int], period: Period, mine: Sequence[Registered]) -> Measure:
        keys = [each.key for each in mine if _in(each.on, period)]
        return count_of(len(keys), DeferredEvidence(lambda: practice_evidence(keys)))

    return _each(scopes, periods, work)


registered.lacking(_nothing_registered)


@measure(
    code="practices.registered_per_100_staff",
    title=_("職員100人あたりのグッドプラクティスの登録件数"),
    unit=Unit.COUNT,
)
def registered_per_100_staff(scope: MeasureScope, period: Period) -> Measure | None:
    """Practices registered within the period × 100 ÷ staff, over the wards whose staff is on record.

    The staff is that of the fiscal year in which the period begins, else of the last year known before it.
    """
    return registered_per_100_staff_bulk([scope], [period]).get((scope, period))


@registered_per_100_staff.bulk
def registered_per_100_staff_bulk(
    scopes: Sequence[MeasureScope], periods: Sequence[Period]
) -> Mapping[BulkKey, Measure]:
    """Work the density out for many scopes and periods."""
    staff = staff_by_ward()

    def work(inside: Sequence[int], period: Period, mine: Sequence[Registered]) -> Measure | None:
        year = FiscalYear.of(period.start).year
        people = {ward: n for ward in inside if (n := staff_in(staff.get(ward, {}), year))}
        if not people:
            return None
        keys = [each.key for each in mine if each.ward in people and _in(each.on, period)]
        count, total = Decimal(len(keys)), Decimal(sum(people.values()))
        evidence = DeferredEvidence(lambda: practice_evidence(keys))
        return Measure(count * 100 / total, Unit.COUNT, count, total, evidence, records=len(keys))

    return _each(scopes, periods, work)


@registered_per_100_staff.lacking
def registered_per_100_staff_lacking(scope: MeasureScope, period: Period) -> Sequence[str]:
    """Say what is missing."""
    return [translated("登録された事例か、職員数の記録がありません。")]


@measure(code="practices.adoptions", title=_("ほかの区の事例を導入した件数"), unit=Unit.COUNT)
def adoptions(scope: MeasureScope, period: Period) -> Measure | None:
    """Adoptions introduced within the period, counted for the ward that adopted.

    No data for a scope that has neither registered nor introduced anything: zero must mean that somebody
    looked.
    """
    return adoptions_bulk([scope], [period]).get((scope, period))


@adoptions.bulk
def adoptions_bulk(scopes: Sequence[MeasureScope], periods: Sequence[Period]) -> Mapping[BulkKey, Measure]:
    """Count the introductions of many scopes and periods."""
    wards, introduced = ward_keys(), introductions()
    active = {each.ward for each in registered_practices()} | {ward for _key, ward, _on in introduced}
    found: dict[BulkKey, Measure] = {}
    for scope in scopes:
        inside = set(keys_of(scope, wards))
        for period in periods if inside & active else ():
            keys = [key for key, ward, on in introduced if ward in inside and _in(on, period)]
            evidence = DeferredEvidence(lambda keys=keys: adoption_evidence(keys))  # type: ignore[misc]
            found[scope, period] = count_of(len(keys), evidence)
    return found


@adoptions.lacking
def adoptions_lacking(scope: MeasureScope, period: Period) -> Sequence[str]:
    """Say what is missing."""
    return [translated("事例の登録も導入の記録もありません。")]


@measure(
    code="practices.adopted_share", title=_("12か月以内にほかの区が導入した事例の割合"), unit=Unit.PERCENT
)
def adopted_share(scope: MeasureScope, period: Period) -> Measure | None:
    """Practices introduced by another ward within 12 months ÷ those whose 12 months ended in the period.

    Only what worked is counted. A practice counts in the period in which its first year is over, so that all
    had the same time; no data while none has had it.
    """
    return adopted_share_bulk([scope], [period]).get((scope, period))


@adopted_share.bulk
def adopted_share_bulk(
    scopes: Sequence[MeasureScope], periods: Sequence[Period]
) -> Mapping[BulkKey, Measure]:
    """Work the share out for many scopes and periods."""
    as_of = today()

    def work(_inside: Sequence[int], period: Period, mine: Sequence[Registered]) -> Measure | None:
        cohort = [
            each
            for each in mine
            if each.succeeded and (end := in_years(each.on, 1)) <= as_of and _in(end, period)
        ]
        if not cohort:
            return None
        taken = Decimal(sum(_within_a_year(each) for each in cohort))
        keys = [each.key for each in cohort]
        evidence = DeferredEvidence(lambda: practice_evidence(keys))
        total = Decimal(len(cohort))
        return Measure(taken * 100 / total, Unit.PERCENT, taken, total, evidence, records=len(cohort))

    return _each(scopes, periods, work)


def _within_a_year(practice: Registered) -> bool:
    used = practice.first_used_on
    return used is not None and used <= in_years(practice.on, 1)


@adopted_share.lacking
def adopted_share_lacking(scope: MeasureScope, period: Period) -> Sequence[str]:
    """Say what is missing."""
    return [translated("登録から12か月がこの期間に過ぎた事例がありません。")]
