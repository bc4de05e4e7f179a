"""The list of an organisation's jobs."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui.kernel.tasks.models import JobState
from yui.kernel.tasks.queries import jobs_for, with_latest_progress

PAGE_LENGTH = 50


@require_safe
@login_required
def job_list(request: HttpRequest) -> HttpResponse:
    """Show the jobs that the reader may see, newest first; ``state`` keeps those of one state."""
    jobs = jobs_for(request.actor)  # type: ignore[attr-defined]
    state = request.GET.get("state", "")
    if state in JobState.values:
        jobs = jobs.filter(state=state)
    page = Paginator(jobs, PAGE_LENGTH).get_page(request.GET.get("page"))
    shown = [with_latest_progress(job) for job in page]
    context = {"page": page, "jobs": shown, "states": JobState.choices, "state": state}
    return render(request, "tasks/job_list.html", context)
