"""区のページ: one ward's indicators, systems and migration."""

from collections import Counter

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from yui.governance.indicators.public import latest_month, pillar_rows
from yui.kernel.calendar_jp import today
from yui.kernel.policy import Verb, allows
from yui.kernel.scope.models import Organisation
from yui.registry.public import business_areas, migration_states, systems_by_code


@login_required
@require_safe
def ward(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the reader may know of one ward."""
    actor = request.actor  # type: ignore[attr-defined]
    organisation = get_object_or_404(Organisation.objects.wards(), code=code)
    states = [state for state in migration_states(actor, today()) if state.organisation_code == code]
    month = latest_month(actor)
    context = {
        "ward": organisation,
        "month": month,
        "pillars": pillar_rows(actor, month, code),
        "systems": list(systems_by_code(actor, organisation).values())[:12],
        "migrated": sum(state.is_migrated for state in states),
        "areas": len(business_areas()),
        "late": sum(state.is_late for state in states),
        "states": Counter(state.state for state in states if state.state),
        "is_own": allows(actor, Verb.VIEW, organisation),
        "wards": Organisation.objects.wards(),
    }
    return render(request, "portal/ward.html", context)
