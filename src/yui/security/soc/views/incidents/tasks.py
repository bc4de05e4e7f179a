"""作業: the checklist of an incident, by phase; playbooks bring it, people add to it."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.kernel.calendar_jp import now
from yui.kernel.ui.asking import actor_of, attempt, refused, told, visible_or_404
from yui.security.soc.models import Incident, IncidentTask
from yui.security.soc.operations.incidents import add_task, apply_playbook, complete_task, skip_task
from yui.security.soc.playbooks import PHASES, playbooks, step_of
from yui.security.soc.queries.incidents.moments import WHY
from yui.security.soc.views.incidents.access import require_work, visible_incident
from yui.security.soc.views.incidents.forms import TaskForm
from yui.security.soc.views.incidents.page import incident_page

PHASE_WORDS = {
    "triage": gettext_lazy("確かめる"),
    "contain": gettext_lazy("封じ込める"),
    "report": gettext_lazy("報告する"),
    "eradicate": gettext_lazy("取り除く"),
    "recover": gettext_lazy("元に戻す"),
    "review": gettext_lazy("振り返る"),
}
ROLE_WORDS = {
    "soc": gettext_lazy("共同SOC"),
    "csirt": gettext_lazy("区のCSIRT"),
    "commander": gettext_lazy("指揮"),
    "owner": gettext_lazy("システム主管課"),
    "executives": gettext_lazy("区長・CISO"),
    "contractor": gettext_lazy("事業者"),
    "privacy": gettext_lazy("個人情報保護担当"),
    "public_relations": gettext_lazy("広報"),
}


@dataclass(frozen=True)
class TaskRow:
    """One task as its page shows it."""

    task: IncidentTask
    title: str
    role: str
    is_open: bool
    is_late: bool


@dataclass(frozen=True)
class PhaseRows:
    """The tasks of one phase, and how many are settled."""

    title: str
    rows: tuple[TaskRow, ...]

    @property
    def settled(self) -> int:
        """How many are done or declined."""
        return sum(not row.is_open for row in self.rows)


def phases_of(incident: Incident, at: datetime) -> list[PhaseRows]:
    """Return the tasks by phase, each phase in the order of its steps; empty phases are left out."""
    language = get_language() or "ja"
    rows: dict[str, list[TaskRow]] = {}
    tasks = IncidentTask.objects.unscoped(WHY).filter(incident=incident)
    for task in tasks.select_related("assignee", "done_by"):
        step = step_of(task.step)
        is_open = task.done_at is None and not task.skipped_reason
        row = TaskRow(
            task,
            step.words(language) if step else task.title,
            str(ROLE_WORDS.get(task.role, task.role)),
            is_open,
            is_open and task.due_at is not None and task.due_at <= at,
        )
        rows.setdefault(task.phase if task.phase in PHASES else "contain", []).append(row)
    return [PhaseRows(str(PHASE_WORDS[phase]), tuple(rows[phase])) for phase in PHASES if phase in rows]


@login_required
def tasks(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the checklist; a task can be added by hand."""
    found = visible_incident(request, pk)
    form = TaskForm(request.POST or None, ward=found.organisation)
    if request.method == "POST":
        require_work(request, found)
        done, _task = attempt(form, lambda: add_task(actor_of(request), incident=found, **form.cleaned_data))
        if done:
            messages.success(request, _("作業を加えました。"))
            return redirect("soc:incident-tasks", pk=pk)
    phases = phases_of(found, now())
    language = get_language() or "ja"
    context = {
        "phases": phases,
        "settled": sum(phase.settled for phase in phases),
        "total": sum(len(phase.rows) for phase in phases),
        "form": form,
        "playbooks": [(book.code, book.title(language)) for book in playbooks().values()],
    }
    return incident_page(request, found, "tasks.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def settle_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick a task off, or decide not to do it with a reason."""
    visible = IncidentTask.objects.visible_to(actor_of(request)).select_related("incident__organisation")
    task: IncidentTask = visible_or_404(visible, pk=pk)
    require_work(request, task.incident)
    actor, words = actor_of(request), request.POST.get("words", "")[:500]
    problems = (
        refused(lambda: skip_task(actor, task=task, reason=words))
        if request.POST.get("step") == "skip"
        else refused(lambda: complete_task(actor, task=task, result=words))
    )
    for problem in problems:
        messages.error(request, problem)
    return redirect("soc:incident-tasks", pk=task.incident_id)


@login_required
@require_POST
def add_playbook(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the steps of a playbook."""
    found = visible_incident(request, pk)
    require_work(request, found)
    code = request.POST.get("playbook", "")
    if code not in playbooks():
        raise Http404
    told(
        request,
        lambda: apply_playbook(actor_of(request), incident=found, code=code),
        _("手順書の作業を加えました。"),
    )
    return redirect("soc:incident-tasks", pk=pk)
