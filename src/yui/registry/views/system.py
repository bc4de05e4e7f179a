"""記録: one information system."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import Month, now, today
from yui.kernel.ui.asking import actor_of
from yui.registry.engine.migration import state_as_of
from yui.registry.models import Contract, InformationSystem, MigrationState, Outage, StandardMigration
from yui.registry.policies import may_edit
from yui.registry.queries.availability import availability_by_month
from yui.registry.queries.migration import migrations_with_steps, steps_of
from yui.registry.views.access import visible_system


def migration_of(request: HttpRequest, system: InformationSystem) -> dict[str, str] | None:
    """Return state and address of the migration of the system's area in its ward, if there is one."""
    if system.business_area_id is None:
        return None
    migrations = StandardMigration.objects.visible_to(actor_of(request)).filter(
        organisation_id=system.organisation_id, area_id=system.business_area_id
    )
    migration = migrations_with_steps(migrations).first()
    if migration is None:
        return None
    state = state_as_of(steps_of(migration), today())
    return {"label": str(MigrationState(state).label), "url": migration.get_absolute_url()}


@login_required
@require_safe
def system(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the facts of a system."""
    found = visible_system(request, pk)
    actor = actor_of(request)
    month = Month.of(today())
    this_month = availability_by_month(type(found).objects.visible_to(actor).filter(pk=pk), [month], now())
    contracts = Contract.objects.visible_to(actor).filter(systems=found).select_related("vendor")
    context = {
        "system": found,
        "may_edit": may_edit(actor, found.organisation),
        "migration": migration_of(request, found),
        "availability": this_month.get((pk, month)),
        "month": month,
        "contracts": contracts.in_force_on(today()).order_by("ends_on"),
        "open_outages": Outage.objects.visible_to(actor).open().filter(system=found),
    }
    return render(request, "registry/system.html", context)
