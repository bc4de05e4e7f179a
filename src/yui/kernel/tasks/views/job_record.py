"""The page of one job, and what can be done there."""

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from yui.kernel.ledger.history import history_of
from yui.kernel.tasks.errors import JobNotCancellable, JobNotRetryable, UnknownJobKind
from yui.kernel.tasks.models import Job
from yui.kernel.tasks.operations import cancel_job, retry_job
from yui.kernel.tasks.permission import may_steer
from yui.kernel.tasks.queries import jobs_for, with_latest_progress


def _find(request: HttpRequest, pk: int) -> Job:
    """Return the job, or answer 404 to whoever may not see it."""
    job = jobs_for(request.actor).filter(pk=pk).first()  # type: ignore[attr-defined]
    if job is None:
        raise Http404
    return with_latest_progress(job)


@require_safe
@login_required
def job_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a job; a request by htmx gets the part that changes while it runs."""
    job = _find(request, pk)
    may = may_steer(request.actor, job)  # type: ignore[attr-defined]
    context = {"job": job, "may_steer": may, "is_fragment": bool(request.headers.get("HX-Request"))}
    if context["is_fragment"]:
        response = render(request, "tasks/job_state.html", context)
        if not job.is_open:
            # The ended job has other buttons and more history: let the browser load the whole page once.
            response.headers["HX-Refresh"] = "true"
        return response
    # Each summary says the new state in words; the ledger's own names of states would only repeat it.
    entries = [replace(entry, changes={}) for entry in history_of(job.subject)]
    return render(request, "tasks/job_record.html", {**context, "entries": entries})


@require_POST
@login_required
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel the job and show it."""
    return _steer(request, pk, cancel_job)


@require_POST
@login_required
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the job again and show it."""
    return _steer(request, pk, retry_job)


def _steer(request: HttpRequest, pk: int, operation: Callable[..., Job]) -> HttpResponse:
    job = _find(request, pk)
    try:
        operation(request.actor, job=job)  # type: ignore[attr-defined]
    except (JobNotCancellable, JobNotRetryable, UnknownJobKind) as error:
        messages.warning(request, str(error))
    return redirect(job.get_absolute_url())
