"""Reads of jobs for pages and links."""

from collections.abc import Mapping

from yui.kernel.links import Link
from yui.kernel.links.keyed import keys_among
from yui.kernel.policy import Actor
from yui.kernel.tasks.models import Job, JobQuerySet
from yui.kernel.tasks.pulse import pulse_store


def jobs_for(actor: Actor) -> JobQuerySet:
    """Return the jobs that the actor may see, newest first."""
    return Job.objects.visible_to(actor).select_related("organisation")


def with_latest_progress(job: Job) -> Job:
    """Return the job showing the progress that its worker last told."""
    if job.is_open:
        pulse = pulse_store().read(job)
        if pulse is not None:
            job.take_progress(pulse.progress)
    return job


def resolve_links(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those jobs that the actor may see."""
    found = Job.objects.visible_to(actor).filter(pk__in=keys_among(identifiers))
    return {str(job.pk): Link(job.subject, job.display_title, job.get_absolute_url()) for job in found}
