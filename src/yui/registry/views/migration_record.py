"""区 × 業務: the road of one migration."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import today
from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of, attempt
from yui.registry.engine.migration import is_late, state_as_of
from yui.registry.forms import StepForm
from yui.registry.models import MigrationState, StandardBusinessArea, StandardMigration
from yui.registry.operations import record_migration_step
from yui.registry.policies import may_edit
from yui.registry.queries.migration import migrations_with_steps, steps_of
from yui.registry.queries.systems import systems_for
from yui.registry.views.access import require_edit
from yui.registry.views.histories import told


@login_required
def migration_record(request: HttpRequest, ward_code: str, area_code: str) -> HttpResponse:
    """Show the days of each state, take in new ones, and list the ward's systems of the area."""
    ward = get_object_or_404(Organisation.objects.wards(), code=ward_code)
    area = get_object_or_404(StandardBusinessArea, code=area_code)
    actor = actor_of(request)
    migrations = StandardMigration.objects.visible_to(actor).filter(organisation=ward, area=area)
    migration = migrations_with_steps(migrations).first()
    steps = steps_of(migration) if migration else []
    known = {step.state: step for step in steps}
    forms = {state: _form(request, state, known) for state in MigrationState}
    if request.method == "POST":
        require_edit(request, ward)
        state = MigrationState(get_state(request))
        form = forms[state]
        done, changed = attempt(
            form,
            lambda: record_migration_step(
                actor, organisation=ward, area=area, state=state.value, **form.cleaned_data
            ),
        )
        if done:
            messages.success(request, _("記録しました。") if changed else _("変わったところはありません。"))
            return redirect("registry:migration-record", ward_code=ward.code, area_code=area.code)
    context = {
        "ward": ward,
        "area": area,
        "migration": migration,
        "state": MigrationState(state_as_of(steps, today())).label if steps else "",
        "is_late": is_late(steps, today()),
        "rows": [(state, known.get(state.value), forms[state]) for state in MigrationState],
        "systems": systems_for(actor, ward).filter(business_area=area),
        "may_edit": may_edit(actor, ward),
        "entries": told(history_of(urn("registry.migration", migration.pk)), StandardMigration)
        if migration
        else [],
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "registry/migration_record.html", context, status=status)


def get_state(request: HttpRequest) -> str:
    """Return the state whose form was sent; an unknown one reads as the present system."""
    asked = request.POST.get("state", "")
    return asked if asked in MigrationState.values else MigrationState.CURRENT.value


def _form(request: HttpRequest, state: MigrationState, known: dict) -> StepForm:
    step = known.get(state.value)
    initial = {"planned_on": step.planned_on, "actual_on": step.actual_on} if step else {}
    is_sent = request.method == "POST" and get_state(request) == state.value
    return StepForm(request.POST if is_sent else None, initial=initial, prefix=state.value)
