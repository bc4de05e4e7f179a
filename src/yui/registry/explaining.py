"""What the registry says of a month: migrations done and late, contracts about to end."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from yui.kernel.calendar_jp import Month
from yui.kernel.explanations.registry import Statement, Topic, explainer
from yui.kernel.measures.values import MeasureScope
from yui.kernel.money import format_yen
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, ScopedQuerySet
from yui.registry.engine.migration import is_late, state_as_of
from yui.registry.models import Contract, MigrationState, StandardMigration
from yui.registry.queries.contracts import contracts_expiring_within
from yui.registry.queries.migration import migrations_with_steps, steps_of

WHY = "joint figures count the records of all wards and name none"
DAYS_AHEAD = 90


@explainer(code="registry", title=gettext_lazy("情報システム台帳"), pillar=1)
def explain(actor: Actor, scope: MeasureScope, month: Month) -> Sequence[Statement]:
    """Say how many migrations were done and are late, and how many contracts end in 90 days, as of its end.

    Jointly in numbers over all wards; of a ward only what the actor may see.
    """
    return [*_migrations(actor, scope, month), *_contracts(actor, scope, month)]


def _of_scope(records: ScopedQuerySet, actor: Actor, scope: MeasureScope) -> ScopedQuerySet:
    """Return the records of the scope: of a ward those that the actor sees, jointly all for counting."""
    if scope.organisation is None:
        return records.unscoped(WHY).filter(organisation__in=Organisation.objects.wards().order_by())
    return records.visible_to(actor).filter(organisation=scope.organisation)


def _migrations(actor: Actor, scope: MeasureScope, month: Month) -> list[Statement]:
    roads = [
        steps_of(each)
        for each in migrations_with_steps(_of_scope(StandardMigration.objects.all(), actor, scope))
    ]
    end, before = month.last_day, month.previous().last_day
    done = sum(
        state_as_of(steps, end) == MigrationState.MIGRATED
        and state_as_of(steps, before) != MigrationState.MIGRATED
        for steps in roads
    )
    late = sum(is_late(steps, end) for steps in roads)
    url, found = reverse("registry:migration"), []
    if done:
        text = ngettext(
            "この月に%(count)s業務が標準準拠システムへの移行を終えました。",
            "この月に%(count)s業務が標準準拠システムへの移行を終えました。",
            done,
        )
        found.append(Statement("migrated", Topic.CHANGE, text % {"count": f"{done:,}"}, 65, url))
    if late:
        text = ngettext(
            "標準準拠システムへの移行が予定より遅れている業務が%(count)s件あります。",
            "標準準拠システムへの移行が予定より遅れている業務が%(count)s件あります。",
            late,
        )
        found.append(Statement("migration_late", Topic.RISK, text % {"count": f"{late:,}"}, 75, url))
    return found


def _contracts(actor: Actor, scope: MeasureScope, month: Month) -> list[Statement]:
    records = _of_scope(Contract.objects.all(), actor, scope)
    ending = contracts_expiring_within(records, month.last_day + timedelta(days=1), DAYS_AHEAD)
    count = ending.count()
    if not count:
        return []
    yearly = ending.aggregate(sum=Sum("annual_yen"))["sum"] or 0
    text = ngettext(
        "%(days)s日以内に終わる契約が%(count)s件あります(年額%(yen)s)。",
        "%(days)s日以内に終わる契約が%(count)s件あります(年額%(yen)s)。",
        count,
    )
    words = {"days": DAYS_AHEAD, "count": f"{count:,}", "yen": format_yen(yearly)}
    return [Statement("contracts_ending", Topic.RISK, text % words, 55, reverse("registry:expiry"))]
