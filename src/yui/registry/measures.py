"""Figures that the registry offers to indicators."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import Month, Period, now, today
from yui.kernel.measures.counting import WHY, count_of, keys_of, ward_keys
from yui.kernel.measures.registry import BulkKey, measure
from yui.kernel.measures.values import EvidenceColumn, Measure, MeasureScope, QuerySetEvidence, Unit
from yui.kernel.scope.models import Organisation, ScopedQuerySet
from yui.registry.engine.availability import Availability
from yui.registry.engine.migration import Step, state_as_of
from yui.registry.models import (
    Contract,
    InformationSystem,
    MigrationState,
    StandardBusinessArea,
    StandardMigration,
    SystemStatus,
)
from yui.registry.queries.availability import ByMonth, add_up, availability_by_month
from yui.registry.queries.contracts import Term, contract_terms
from yui.registry.queries.migration import migrations_with_steps, steps_of


def _day_of(period: Period) -> date:
    """Return the day as of which a period's state is told: its last day, or today while it runs."""
    return min(period.last_day, today())


def _of_scope(records: ScopedQuerySet, scope: MeasureScope) -> ScopedQuerySet:
    """Return the records of the scope: one organisation's, or those of all wards."""
    scoped = records.unscoped(WHY)
    if scope.organisation is not None:
        return scoped.filter(organisation=scope.organisation)
    return scoped.filter(organisation__in=Organisation.objects.wards().order_by())


@measure(
    code="registry.migration_completed", title=_("標準準拠システムへの移行済みの割合"), unit=Unit.PERCENT
)
def migration_completed(scope: MeasureScope, period: Period) -> Measure | None:
    """Migrated areas ÷ twenty areas (jointly: × the number of wards), as of the period's last day.

    No data where no migration was ever recorded. An area without a record counts as not migrated.
    """
    return migration_completed_bulk([scope], [period]).get((scope, period))


@migration_completed.bulk
def migration_completed_bulk(
    scopes: Sequence[MeasureScope], periods: Sequence[Period]
) -> Mapping[BulkKey, Measure]:
    """Work the share out for many scopes and periods from one read of all steps."""
    areas = StandardBusinessArea.objects.count()
    wards = ward_keys()
    records = migrations_with_steps(StandardMigration.objects.unscoped(WHY))
    roads: dict[int, list[list[Step]]] = defaultdict(list)
    for record in records:
        roads[record.organisation_id].append(steps_of(record))
    days = {period: _day_of(period) for period in periods}
    done = {
        (owner, day): sum(state_as_of(steps, day) == MigrationState.MIGRATED for steps in mine)
        for owner, mine in roads.items()
        for day in set(days.values())
    }
    found: dict[BulkKey, Measure] = {}
    for scope in scopes:
        inside = keys_of(scope, wards)
        moving = [owner for owner in inside if owner in roads]
        recorded = sum(len(roads[owner]) for owner in moving)
        for period, day in days.items() if recorded else ():
            count = Decimal(sum(done[owner, day] for owner in moving))
            total = Decimal(areas * len(inside))
            evidence = _migration_evidence(scope, day)
            found[scope, period] = Measure(
                count * 100 / total, Unit.PERCENT, count, total, evidence, records=recorded
            )
    return found


def _migration_evidence(scope: MeasureScope, day: date) -> QuerySetEvidence:
    def cells(migration: StandardMigration) -> tuple[str, ...]:
        steps = steps_of(migration)
        state = state_as_of(steps, day)
        since = next((step.actual_on for step in steps if step.state == state), None)
        label = str(MigrationState(state).label)
        return (migration.organisation.name, migration.area.name, label, since.isoformat() if since else "")

    records = migrations_with_steps(_of_scope(StandardMigration.objects, scope))
    return QuerySetEvidence(
        records.order_by("organisation__sort_order", "area__order"),
        (
            EvidenceColumn("ward", _("区")),
            EvidenceColumn("area", _("標準化対象業務")),
            EvidenceColumn("state", _("状態")),
            EvidenceColumn("since", _("実施日")),
        ),
        cells,
        StandardMigration.get_absolute_url,
    )


@measure(code="registry.availability", title=_("情報システムの稼働率"), unit=Unit.PERCENT)
def availability(scope: MeasureScope, period: Period) -> Measure | None:
    """(Promised minutes − downtime) ÷ promised minutes of all systems, weighted by their running time.

    Planned maintenance is not promised time. No data where no system was in use.
    """
    return availability_bulk([scope], [period]).get((scope, period))


@availability.bulk
def availability_bulk(scopes: Sequence[MeasureScope], periods: Sequence[Period]) -> Mapping[BulkKey, Measure]:
    """Work availability out for many scopes and periods from one read of outages and maintenance."""
    months = sorted({month for period in periods for month in period.months})
    systems = InformationSystem.objects.unscoped(WHY)
    by_system = availability_by_month(systems, months, now())
    owner = dict(systems.order_by().values_list("pk", "organisation_id"))
    wards = ward_keys()
    by_owner: dict[tuple[int, Month], list[Availability]] = {}
    for (key, month), result in by_system.items():
        by_owner.setdefault((owner[key], month), []).append(result)
    sums = {key: add_up(results) for key, results in by_owner.items()}
    found: dict[BulkKey, Measure] = {}
    for scope in scopes:
        inside = sorted(keys_of(scope, wards))
        for period in periods:
            total = add_up(
                sums[key, month] for key in inside for month in period.months if (key, month) in sums
            )
            if total.percent is not None:
                found[scope, period] = Measure(
                    total.percent,
                    Unit.PERCENT,
                    total.uptime_minutes,
                    total.service_minutes,
                    _availability_evidence(scope, period, by_system),
                    note=str(_("計画保守の時間は分母から除いています。単位は分です。")),
                )
    return found


def _availability_evidence(scope: MeasureScope, period: Period, by_system: ByMonth) -> QuerySetEvidence:
    def of(system: InformationSystem) -> Availability:
        results: Iterable[Availability | None] = (
            by_system.get((system.pk, month)) for month in period.months
        )
        return add_up(result for result in results if result is not None)

    def cells(system: InformationSystem) -> tuple[str, ...]:
        result = of(system)
        share = f"{result.shown_percent}%" if result.shown_percent is not None else ""
        times = (f"{result.service_minutes:,.0f}", f"{result.downtime_minutes:,.0f}")
        return (system.organisation.name, system.code, system.name, *times, share)

    systems: ScopedQuerySet = _of_scope(InformationSystem.objects, scope).select_related("organisation")
    in_use = systems.exclude(status=SystemStatus.PREPARING).filter(
        Q(started_on__isnull=True) | Q(started_on__lt=period.end),
        Q(retired_on__isnull=True) | Q(retired_on__gt=period.start),
    )
    return QuerySetEvidence(
        in_use.order_by("organisation__sort_order", "code"),
        (
            EvidenceColumn("ward", _("区")),
            EvidenceColumn("code", _("システムコード")),
            EvidenceColumn("name", _("システム名")),
            EvidenceColumn("service", _("稼働予定(分)")),
            EvidenceColumn("downtime", _("停止(分)")),
            EvidenceColumn("percent", _("稼働率")),
        ),
        cells,
        InformationSystem.get_absolute_url,
    )


@measure(code="registry.contracts_expiring", title=_("更新の検討が必要な契約"), unit=Unit.COUNT)
def contracts_expiring(scope: MeasureScope, period: Period) -> Measure | None:
    """Contracts in force on the period's last day whose time of notice before their end has come.

    No data where no contract was ever recorded.
    """
    return contracts_expiring_bulk([scope], [period]).get((scope, period))


@contracts_expiring.bulk
def contracts_expiring_bulk(
    scopes: Sequence[MeasureScope], periods: Sequence[Period]
) -> Mapping[BulkKey, Measure]:
    """Count the contracts of many scopes and periods from one read."""
    wards = ward_keys()
    terms: dict[int, list[Term]] = defaultdict(list)
    for owner, term in contract_terms(Contract.objects.unscoped(WHY)):
        terms[owner].append(term)
    found: dict[BulkKey, Measure] = {}
    for scope in scopes:
        mine = [term for owner in keys_of(scope, wards) for term in terms.get(owner, ())]
        for period in periods if mine else ():
            day = _day_of(period)
            due = [term.key for term in mine if term.is_due_on(day)]
            found[scope, period] = count_of(len(due), _contract_evidence(scope, due))
    return found


def _contract_evidence(scope: MeasureScope, due: list[int]) -> QuerySetEvidence:
    contracts = _of_scope(Contract.objects, scope).filter(pk__in=due).select_related("organisation", "vendor")
    return QuerySetEvidence(
        contracts.order_by("ends_on", "number"),
        (
            EvidenceColumn("ward", _("区")),
            EvidenceColumn("number", _("契約番号")),
            EvidenceColumn("title", _("契約件名")),
            EvidenceColumn("vendor", _("事業者")),
            EvidenceColumn("ends_on", _("終了日")),
        ),
        _contract_cells,
        Contract.get_absolute_url,
    )


def _contract_cells(contract: Contract) -> tuple[str, ...]:
    return (
        contract.organisation.name,
        contract.number,
        contract.title,
        contract.vendor.name,
        contract.ends_on.isoformat(),
    )
