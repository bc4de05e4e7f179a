"""The figure per resident for the indicator tree."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yui.kernel.calendar_jp import Month, Period
from yui.kernel.measures.registry import BulkKey, measure
from yui.kernel.measures.values import (
    DeferredEvidence,
    Evidence,
    EvidenceColumn,
    JoinedEvidence,
    Measure,
    MeasureScope,
    QuerySetEvidence,
    Unit,
)
from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.rows import exact_text
from yui.transition.costs.models import AllocatedCost, MonthlyCost, ResidentCount
from yui.transition.costs.queries.borne_book import BorneBook, PerResident, open_borne_book

PER_RESIDENT = "costs.per_resident"
COLUMNS = (
    EvidenceColumn("organisation", gettext_lazy("団体")),
    EvidenceColumn("month", gettext_lazy("月")),
    EvidenceColumn("what", gettext_lazy("内容")),
    EvidenceColumn("amount", gettext_lazy("金額・人数")),
    EvidenceColumn("unit", gettext_lazy("単位")),
)


@measure(code=PER_RESIDENT, title=gettext_lazy("住民1人あたりのIT関連運用経費"), unit=Unit.YEN)
def per_resident(scope: MeasureScope, period: Period) -> Measure | None:
    """Billed IT running costs after allocation over residents, in yen; the joint figure adds up both sides.

    Counted are the months with costs; residents are those of the newest count up to the period's last day.
    """
    return _measure_of(_book([scope], [period]), scope, period)


@per_resident.bulk
def per_residents(scopes: Sequence[MeasureScope], periods: Sequence[Period]) -> Mapping[BulkKey, Measure]:
    """Return the figures of many scopes and periods from the same few queries."""
    book = _book(scopes, periods)
    found = {(scope, period): _measure_of(book, scope, period) for scope in scopes for period in periods}
    return {key: figure for key, figure in found.items() if figure is not None}


def _book(scopes: Sequence[MeasureScope], periods: Sequence[Period]) -> BorneBook:
    months: set[Month] = {month for period in periods for month in period.months}
    if any(scope.is_joint for scope in scopes):
        return open_borne_book(months)
    return open_borne_book(months, [scope.code for scope in scopes])


def _measure_of(book: BorneBook, scope: MeasureScope, period: Period) -> Measure | None:
    if scope.is_joint:
        wards = Organisation.objects.wards().values_list("code", flat=True)
        found = book.together(wards, period.months)
    else:
        found = book.of(scope.code, period.months)
    value = found.value
    if value is None:
        return None
    return Measure(
        value,
        Unit.YEN,
        found.cost.known,
        Decimal(found.residents),
        DeferredEvidence(partial(_evidence, found)),
        _note(found, period),
    )


def _note(found: PerResident, period: Period) -> str:
    """Say how many months are counted, so that nobody compares a month with a year."""
    return _("{counted} か月分の費用です(期間は {whole} か月)。").format(
        counted=len(found.months), whole=len(period.months)
    )


def _evidence(found: PerResident) -> Evidence:
    """Return own costs, allocated costs, and the counts of residents."""
    wanted = {"organisation__code__in": sorted(found.codes)}
    months = {"month__in": sorted(found.months)}
    shared = AllocatedCost.objects.unscoped("a shared sum is not counted with its owner").filter(
        part=OuterRef("part"),
        system_code=OuterRef("system_code"),
        cost_category=OuterRef("cost_category"),
        currency=OuterRef("currency"),
    )
    own = MonthlyCost.objects.filter(~Exists(shared), **wanted, **months)
    own = own.select_related("organisation", "part__bill")
    shares = AllocatedCost.objects.filter(**wanted, **months).select_related("organisation", "version__rule")
    counts = ResidentCount.objects.filter(**wanted, as_of__in=sorted(found.as_of))
    counts = counts.select_related("organisation")
    return JoinedEvidence(
        (
            QuerySetEvidence(own, COLUMNS, _own_cells, lambda cost: cost.part.bill.get_absolute_url()),
            QuerySetEvidence(shares, COLUMNS, _share_cells, lambda share: share.get_absolute_url()),
            QuerySetEvidence(counts, COLUMNS, _count_cells),
        )
    )


def _own_cells(cost: MonthlyCost) -> tuple[str, ...]:
    what = f"{cost.part.key} {cost.system_code} {cost.get_cost_category_display()}"
    return cost.organisation.name, cost.month, what, exact_text(Decimal(cost.billed)), cost.currency


def _share_cells(share: AllocatedCost) -> tuple[str, ...]:
    what = _("配賦 {version} {system}").format(version=share.version, system=share.system_code)
    return share.organisation.name, share.month, what, share.billed, share.currency


def _count_cells(count: ResidentCount) -> tuple[str, ...]:
    people = str(_("人"))
    return count.organisation.name, str(count.as_of), count.source, str(count.residents), people
