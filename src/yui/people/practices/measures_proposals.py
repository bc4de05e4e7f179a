"""Figures of improvement proposals for indicators; those of their effects stand beside."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import FiscalYear, Period
from yui.kernel.measures.counting import keys_of, ward_keys
from yui.kernel.measures.registry import BulkKey, measure
from yui.kernel.measures.values import DeferredEvidence, Measure, MeasureScope, QuerySetEvidence, Unit
from yui.kernel.scope.models import Organisation
from yui.people.practices import measures_proposal_effects
from yui.people.practices.engine.proposal_growth import Growth, growth_of
from yui.people.practices.queries.proposals.baselines import (
    baselines_now,
    counts_by_cell,
    staff_by_ward,
    staff_in,
)
from yui.people.practices.queries.proposals.counting import (
    Counted,
    counted_proposals,
    proposal_evidence,
    within,
)

EFFECTS = (measures_proposal_effects.measured_hours, measures_proposal_effects.measured_yen)
"""Importing them offers them."""

Work = Callable[[Sequence[int], Period, Sequence[Counted]], Measure | None]


def _each(scopes: Sequence[MeasureScope], periods: Sequence[Period], work: Work) -> Mapping[BulkKey, Measure]:
    """Work a figure out for many scopes and periods from one read of all proposals."""
    wards = ward_keys()
    by_ward: dict[int, list[Counted]] = {}
    for proposal in counted_proposals():
        by_ward.setdefault(proposal.ward, []).append(proposal)
    found: dict[BulkKey, Measure] = {}
    for scope in scopes:
        inside = keys_of(scope, wards)
        mine = [proposal for ward in inside for proposal in by_ward.get(ward, ())]
        for period in periods if mine else ():
            figure = work(inside, period, mine)
            if figure is not None:
                found[scope, period] = figure
    return found


@measure(code="practices.proposals", title=_("改善提案の件数"), unit=Unit.COUNT)
def proposals(scope: MeasureScope, period: Period) -> Measure | None:
    """Proposals handed in within the period, without those withdrawn or merged into another one.

    No data where no proposal was ever recorded. A proposal taken over without its day counts in whole fiscal
    years only.
    """
    return proposals_bulk([scope], [period]).get((scope, period))


@proposals.bulk
def proposals_bulk(scopes: Sequence[MeasureScope], periods: Sequence[Period]) -> Mapping[BulkKey, Measure]:
    """Count the proposals of many scopes and periods."""

    def work(inside: Sequence[int], period: Period, mine: Sequence[Counted]) -> Measure:
        count = sum(each.was_submitted_in(period) for each in mine)
        return Measure(
            Decimal(count),
            Unit.COUNT,
            Decimal(count),
            None,
            DeferredEvidence(lambda: proposal_evidence(inside, within(period, "submitted_on"))),
            records=count,
        )

    return _each(scopes, periods, work)


@measure(code="practices.adoption_rate", title=_("改善提案の採用率"), unit=Unit.PERCENT)
def adoption_rate(scope: MeasureScope, period: Period) -> Measure | None:
    """Proposals adopted in whole or in part ÷ proposals decided within the period."""
    return adoption_rate_bulk([scope], [period]).get((scope, period))


@adoption_rate.bulk
def adoption_rate_bulk(
    scopes: Sequence[MeasureScope], periods: Sequence[Period]
) -> Mapping[BulkKey, Measure]:
    """Work the share out for many scopes and periods."""

    def work(inside: Sequence[int], period: Period, mine: Sequence[Counted]) -> Measure | None:
        decided = [each for each in mine if each.was_decided_in(period)]
        if not decided:
            return None
        adopted = Decimal(sum(each.is_adopted for each in decided))
        condition = within(period, "decided_on") & ~Q(outcome="")
        return Measure(
            adopted * 100 / len(decided),
            Unit.PERCENT,
            adopted,
            Decimal(len(decided)),
            DeferredEvidence(lambda: proposal_evidence(inside, condition)),
            records=len(decided),
        )

    return _each(scopes, periods, work)


@measure(
    code="practices.proposals_per_100_staff", title=_("職員100人あたりの改善提案の件数"), unit=Unit.COUNT
)
def proposals_per_100_staff(scope: MeasureScope, period: Period) -> Measure | None:
    """Proposals handed in within the period × 100 ÷ staff, over the wards whose staff is on record.

    The staff is that of the fiscal year in which the period begins, else of the last year known before it.
    """
    return proposals_per_100_staff_bulk([scope], [period]).get((scope, period))


@proposals_per_100_staff.bulk
def proposals_per_100_staff_bulk(
    scopes: Sequence[MeasureScope], periods: Sequence[Period]
) -> Mapping[BulkKey, Measure]:
    """Work the density out for many scopes and periods."""
    staff = staff_by_ward()

    def work(inside: Sequence[int], period: Period, mine: Sequence[Counted]) -> Measure | None:
        year = FiscalYear.of(period.start).year
        recording = {each.ward for each in mine}
        people = {
            ward: found
            for ward in inside
            if ward in recording and (found := staff_in(staff.get(ward, {}), year))
        }
        if not people:
            return None
        count = Decimal(sum(each.was_submitted_in(period) for each in mine if each.ward in people))
        total = Decimal(sum(people.values()))
        return Measure(
            count * 100 / total,
            Unit.COUNT,
            count,
            total,
            DeferredEvidence(lambda: proposal_evidence(people, within(period, "submitted_on"))),
            note=_missing_note(
                translated("職員数か提案の記録がない区: %(wards)s。"), set(inside) - people.keys()
            ),
            records=int(count),
        )

    return _each(scopes, periods, work)


@measure(code="practices.proposal_growth", title=_("改善提案の件数(基準年度との比)"), unit=Unit.RATIO)
def proposal_growth(scope: MeasureScope, period: Period) -> Measure | None:
    """Proposals handed in within the period ÷ the frozen baseline, over the wards and kinds that have both.

    A ward without a baseline, or without any record in the period, is missing and named in the note: it is
    never counted as zero. Baselines of the period's own fiscal year or later say nothing about it.
    """
    return proposal_growth_bulk([scope], [period]).get((scope, period))


@proposal_growth.bulk
def proposal_growth_bulk(
    scopes: Sequence[MeasureScope], periods: Sequence[Period]
) -> Mapping[BulkKey, Measure]:
    """Work the growth out for many scopes and periods."""
    baselines = baselines_now()

    def work(inside: Sequence[int], period: Period, mine: Sequence[Counted]) -> Measure | None:
        present = [each for each in mine if each.was_submitted_in(period)]
        recording = frozenset(each.ward for each in present)
        year = FiscalYear.of(period.start).year
        growth = growth_of(inside, baselines, counts_by_cell(present), recording, year)
        if growth.ratio is None:
            return None
        return Measure(
            growth.ratio,
            Unit.RATIO,
            Decimal(growth.proposals),
            Decimal(growth.baseline),
            DeferredEvidence(lambda: _growth_evidence(growth, period)),
            note=_missing_note(
                translated("基準値か今年度の記録がなく、比べていない区: %(wards)s。"), growth.missing
            ),
            records=growth.proposals,
        )

    return _each(scopes, periods, work)


@proposal_growth.lacking
def proposal_growth_lacking(scope: MeasureScope, period: Period) -> Sequence[str]:
    """Say what is missing for a comparison."""
    inside = set(keys_of(scope, ward_keys()))
    have_baseline = {ward for ward, _kind in baselines_now() if ward in inside}
    if not have_baseline:
        return [translated("基準値がまだ固定されていません。区の管理者が「基準値」の画面で固定します。")]
    return [translated("基準値より後の年度の提案の記録がありません。")]


def _growth_evidence(growth: Growth, period: Period) -> QuerySetEvidence:
    """Return the proposals of the compared cells."""
    by_kind: dict[str, list[int]] = {}
    for ward, kind in sorted(growth.cells):
        by_kind.setdefault(kind, []).append(ward)
    cells = Q()
    for kind, wards in by_kind.items():
        cells |= Q(kind=kind, organisation_id__in=wards)
    return proposal_evidence(growth.wards, cells & within(period, "submitted_on"))


def _missing_note(sentence: str, missing: Iterable[int]) -> str:
    """Return the sentence with the names of the wards, empty where none is missing."""
    keys = sorted(missing)
    if not keys:
        return ""
    names = Organisation.objects.filter(pk__in=keys).order_by("sort_order", "code")
    return sentence % {"wards": "、".join(each.name for each in names)}
