"""Figures of the costs room for the indicator tree."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import partial

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yui.kernel.calendar_jp import Period
from yui.kernel.measures.registry import BulkKey, measure
from yui.kernel.measures.values import (
    AgreedLevel,
    DeferredEvidence,
    Evidence,
    JoinedEvidence,
    Measure,
    MeasureScope,
    QuerySetEvidence,
    Unit,
)
from yui.kernel.money import percent
from yui.transition.costs.measures_per_resident import PER_RESIDENT, per_resident
from yui.transition.costs.models import AllocatedCost, TotalExpenditure
from yui.transition.costs.queries.definition import definition_in_force
from yui.transition.costs.queries.lacking import what_ratio_lacks
from yui.transition.costs.queries.lines import COLUMNS, lines
from yui.transition.costs.queries.ratio import Basis, CostBook, Ratio, fx_neutral, open_book, without_one_off

__all__ = [
    "OPERATING_COST",
    "PER_RESIDENT",
    "RATIO",
    "it_expenditure_ratio",
    "it_operating_cost",
    "per_resident",
]

RATIO = "costs.it_expenditure_ratio"
FX_NEUTRAL = "costs.it_expenditure_ratio_fx_neutral"
WITHOUT_ONE_OFF = "costs.it_expenditure_ratio_without_one_off"
OPERATING_COST = "costs.it_operating_cost"


@measure(code=RATIO, title=gettext_lazy("IT関連運用経費の対歳出比率"), unit=Unit.PERCENT)
def it_expenditure_ratio(scope: MeasureScope, period: Period) -> Measure | None:
    """Billed IT running costs over total expenditure, in percent (definition: ``queries/ratio.py``)."""
    return _ratio_of(open_book([scope], [period]), scope, period)


@it_expenditure_ratio.bulk
def it_expenditure_ratios(
    scopes: Sequence[MeasureScope], periods: Sequence[Period]
) -> Mapping[BulkKey, Measure]:
    """Return the ratios of many scopes and periods from three queries."""
    book = open_book(scopes, periods)
    found = {(scope, period): _ratio_of(book, scope, period) for scope in scopes for period in periods}
    return {key: figure for key, figure in found.items() if figure is not None}


@it_expenditure_ratio.lacking
def lacking_for_ratio(scope: MeasureScope, period: Period) -> Sequence[str]:
    """Say what the ratio waits for."""
    return tuple(what_ratio_lacks(scope, period))


@measure(code=FX_NEUTRAL, title=gettext_lazy("IT関連運用経費の対歳出比率(為替一定)"), unit=Unit.PERCENT)
def it_expenditure_ratio_fx_neutral(scope: MeasureScope, period: Period) -> Measure | None:
    """The ratio at the base rates of the definition in force: exchange rates cannot move it."""
    return _many_by([scope], [period], fx_neutral(definition_in_force())).get((scope, period))


@it_expenditure_ratio_fx_neutral.bulk
def it_expenditure_ratios_fx_neutral(
    scopes: Sequence[MeasureScope], periods: Sequence[Period]
) -> Mapping[BulkKey, Measure]:
    """Return the ratios at constant exchange rates of many scopes and periods from four queries."""
    return _many_by(scopes, periods, fx_neutral(definition_in_force()))


@it_expenditure_ratio_fx_neutral.lacking
def lacking_for_fx_neutral_ratio(scope: MeasureScope, period: Period) -> Sequence[str]:
    """Say what the ratio at constant exchange rates waits for."""
    return tuple(what_ratio_lacks(scope, period, fx_neutral(definition_in_force())))


@it_expenditure_ratio_fx_neutral.level
def agreed_level_of_ratio(scope: MeasureScope) -> AgreedLevel | None:
    """Return the level that all wards agreed on; a single ward has none."""
    return AgreedLevel(definition_in_force().agreed_level) if scope.is_joint else None


@measure(
    code=WITHOUT_ONE_OFF,
    title=gettext_lazy("IT関連運用経費の対歳出比率(為替一定、一時経費なし)"),
    unit=Unit.PERCENT,
)
def it_expenditure_ratio_without_one_off(scope: MeasureScope, period: Period) -> Measure | None:
    """The ratio at constant exchange rates without one-off costs such as those of the migration itself."""
    return _many_by([scope], [period], without_one_off(definition_in_force())).get((scope, period))


@it_expenditure_ratio_without_one_off.bulk
def it_expenditure_ratios_without_one_off(
    scopes: Sequence[MeasureScope], periods: Sequence[Period]
) -> Mapping[BulkKey, Measure]:
    """Return the ratios without one-off costs of many scopes and periods from four queries."""
    return _many_by(scopes, periods, without_one_off(definition_in_force()))


@measure(code=OPERATING_COST, title=gettext_lazy("IT関連運用経費"), unit=Unit.YEN)
def it_operating_cost(scope: MeasureScope, period: Period) -> Measure | None:
    """Billed IT running costs in yen, foreign bills at the rate of their month."""
    return _cost_of(open_book([scope], [period]), scope, period)


@it_operating_cost.bulk
def it_operating_costs(
    scopes: Sequence[MeasureScope], periods: Sequence[Period]
) -> Mapping[BulkKey, Measure]:
    """Return the costs of many scopes and periods from three queries."""
    book = open_book(scopes, periods)
    found = {(scope, period): _cost_of(book, scope, period) for scope in scopes for period in periods}
    return {key: figure for key, figure in found.items() if figure is not None}


def _many_by(
    scopes: Sequence[MeasureScope], periods: Sequence[Period], basis: Basis
) -> dict[BulkKey, Measure]:
    """Return the ratios that a basis gives; what has none is left out."""
    book = open_book(scopes, periods, basis)
    categories = None if basis.categories is None else sorted(basis.categories)
    found = {
        (scope, period): _ratio_of(book, scope, period, categories) for scope in scopes for period in periods
    }
    return {key: figure for key, figure in found.items() if figure is not None}


def _ratio_of(
    book: CostBook, scope: MeasureScope, period: Period, categories: Sequence[str] | None = None
) -> Measure | None:
    ratio = book.of(scope, period)
    if not ratio.is_known:
        return None
    cost = ratio.cost.known
    value = percent(cost, ratio.expenditure)
    if value is None:
        return None
    return Measure(
        value,
        Unit.PERCENT,
        cost,
        ratio.expenditure,
        DeferredEvidence(partial(_evidence, ratio, period, categories)),
        _months_note(ratio, period),
        records=ratio.cost.rows + book.shares_behind(ratio) + book.totals_behind(ratio, period),
    )


def _cost_of(book: CostBook, scope: MeasureScope, period: Period) -> Measure | None:
    ratio = book.of(scope, period, needs_total=False)
    if not ratio.months or ratio.cost.yen is None:
        return None
    note = _months_note(ratio, period)
    return Measure(
        ratio.cost.known,
        Unit.YEN,
        None,
        None,
        DeferredEvidence(partial(_costs, ratio)),
        note,
        records=ratio.cost.rows + book.shares_behind(ratio),
    )


def _months_note(ratio: Ratio, period: Period) -> str:
    """Say so when bills are missing for some of the period's months."""
    counted, whole = len(ratio.months), len(period.months)
    if counted == whole:
        return ""
    return _("請求のある {counted} か月分で計算しました(期間は {whole} か月)。").format(
        counted=counted, whole=whole
    )


def _costs(ratio: Ratio, categories: Sequence[str] | None = None) -> JoinedEvidence:
    """Return the bill lines, then what was allocated to and from the organisations."""
    codes, months = sorted(ratio.codes), sorted(ratio.months)
    billed = lines(organisations=codes, months=months, categories=categories)
    shares = AllocatedCost.objects.filter(
        Q(organisation__code__in=codes) | Q(owner__code__in=codes), month__in=months
    )
    if categories is not None:
        shares = shares.filter(cost_category__in=categories)
    shares = shares.select_related("organisation", "owner", "part", "version__rule")
    cells = partial(_share_cells, ratio.codes)
    return JoinedEvidence(
        (billed, QuerySetEvidence(shares, billed.columns, cells, lambda share: share.get_absolute_url()))
    )


def _share_cells(codes: Collection[str], share: AllocatedCost) -> tuple[str, ...]:
    """Return an allocated amount in the columns of bill lines; what is given away to others is negative."""
    sign = "" if share.organisation.code in codes else "-"
    cells = {
        "organisation": share.organisation.code,
        "month": share.month,
        "x_provider": share.part.provider,
        "ServiceName": _("配賦 {owner}→{receiver}({rule})").format(
            owner=share.owner.name, receiver=share.organisation.name, rule=share.version.rule.name
        ),
        "x_cost_category": share.get_cost_category_display(),
        "BilledCost": f"{sign}{share.billed}",
        "EffectiveCost": f"{sign}{share.effective}",
        "BillingCurrency": share.currency,
    }
    return tuple(cells.get(name, "") for name, _title in COLUMNS)


def _evidence(ratio: Ratio, period: Period, categories: Sequence[str] | None) -> Evidence:
    """Return the costs, then the totals of expenditure that they are divided by."""
    years = {month.fiscal_year.year for month in period.months}
    totals = TotalExpenditure.objects.filter(
        organisation__code__in=sorted(ratio.codes), fiscal_year__in=sorted(years)
    ).select_related("organisation")
    shown = _costs(ratio, categories)
    return JoinedEvidence(
        (
            shown,
            QuerySetEvidence(
                totals, shown.columns, _total_cells, lambda _total: reverse("costs:expenditure")
            ),
        )
    )


def _total_cells(total: TotalExpenditure) -> tuple[str, ...]:
    """Return a total of expenditure in the columns of bill lines."""
    cells = {
        "organisation": total.organisation.code,
        "month": str(total.fiscal_year),
        "x_provider": total.source,
        "ServiceName": _("歳出総額({kind})").format(kind=total.get_kind_display()),
        "BilledCost": str(Decimal(total.amount_yen)),
        "BillingCurrency": "JPY",
    }
    return tuple(cells.get(name, "") for name, _title in COLUMNS)
