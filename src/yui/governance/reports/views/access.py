"""What every page of the room asks first: which record, and in which language its content is read."""

from django.http import HttpRequest
from django.utils.translation import get_language

from yui.governance.reports.engine.content import LANGUAGES
from yui.governance.reports.models import Note, Report, ReportPlan
from yui.governance.reports.policies import may_approve, may_write, verb_of_change
from yui.governance.reports.queries.reports import plans_for, reports_for
from yui.kernel.policy import PermissionRefused, Verb, allows
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of, visible_or_404


def visible_report(request: HttpRequest, pk: int) -> Report:
    """Return a report, or answer 404: one that the reader may not see does not exist for him."""
    found: Report = visible_or_404(reports_for(actor_of(request)).select_related("plan"), pk=pk)
    return found


def visible_plan(request: HttpRequest, pk: int) -> ReportPlan:
    """Return a plan, or answer 404."""
    found: ReportPlan = visible_or_404(plans_for(actor_of(request)), pk=pk)
    return found


def visible_note(request: HttpRequest, pk: int) -> Note:
    """Return a note with its report, or answer 404."""
    notes = Note.objects.visible_to(actor_of(request)).select_related("report__organisation")
    found: Note = visible_or_404(notes, pk=pk)
    return found


def require_write(request: HttpRequest, report: Report) -> None:
    """Answer 403 to whoever sees the report but may not write in it."""
    if not may_write(actor_of(request), report):
        raise PermissionRefused(actor_of(request), verb_of_change(report))


def require_approve(request: HttpRequest, report: Report) -> None:
    """Answer 403 to whoever sees the report but may not close or publish it."""
    if not may_approve(actor_of(request), report):
        raise PermissionRefused(actor_of(request), Verb.APPROVE)


def require_edit(request: HttpRequest, organisation: Organisation) -> None:
    """Answer 403 to whoever may not edit for an organisation."""
    if not allows(actor_of(request), Verb.EDIT, organisation):
        raise PermissionRefused(actor_of(request), Verb.EDIT)


def content_language() -> str:
    """Return the reader's language, as far as contents are kept in it."""
    language = (get_language() or "")[:2]
    return language if language in LANGUAGES else LANGUAGES[0]
