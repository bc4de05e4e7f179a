"""Which verb a person needs for a job."""

from yui.kernel.policy import Actor, Verb, allows
from yui.kernel.tasks.errors import UnknownJobKind
from yui.kernel.tasks.models import Job
from yui.kernel.tasks.registry import find_kind


def verb_for(job: Job) -> Verb:
    """Return the verb that the job's kind asks for; that of an administrator where its room is gone."""
    try:
        return find_kind(job.kind).verb
    except UnknownJobKind:
        return Verb.ADMINISTER


def may_steer(actor: Actor, job: Job) -> bool:
    """Return whether the actor may cancel or retry the job."""
    return allows(actor, verb_for(job), job.organisation)
