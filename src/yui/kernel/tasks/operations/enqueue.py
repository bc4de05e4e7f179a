"""Ask for background work."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import get_language

from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, require
from yui.kernel.scope.models import Organisation, Visibility
from yui.kernel.tasks.actors import actor_to_json
from yui.kernel.tasks.models import Job
from yui.kernel.tasks.queue import put_in_queue
from yui.kernel.tasks.registry import find_kind


def enqueue(
    actor: Actor,
    organisation: Organisation,
    kind: str,
    *,
    job_title: str = "",
    job_visibility: Visibility = Visibility.OWN,
    **arguments: Any,
) -> Job:
    """Queue a job of ``kind`` for ``organisation`` and return it.

    The job starts only after the surrounding transaction has committed. Arguments must be JSON values
    (dates and decimals are turned into text): name files and records, do not carry them.

    Args:
        actor: who asks; needs the kind's verb in the organisation, and is the job's actor when it runs.
        organisation: whose records the job works on, and who sees the job.
        kind: a registered kind.
        job_title: what people read instead of the kind's title, for example with the file's name.
        job_visibility: who else sees the job.
        arguments: passed to the job's function.

    Raises:
        UnknownJobKind: when no room registered the kind.
        PermissionRefused: when the actor may not.
    """
    return _enqueue(
        actor,
        organisation=organisation,
        kind=kind,
        title=job_title,
        visibility=job_visibility,
        arguments=json.loads(json.dumps(arguments, cls=DjangoJSONEncoder)),
    )


@operation("tasks.job.enqueue")
def _enqueue(
    actor: Actor,
    *,
    organisation: Organisation,
    kind: str,
    title: str,
    visibility: Visibility,
    arguments: dict[str, Any],
) -> Job:
    known = find_kind(kind)
    require(actor, known.verb, organisation)
    job = Job(
        organisation=organisation,
        visibility=visibility,
        kind=kind,
        title=title[:200],
        arguments=arguments,
        max_attempts=known.max_attempts,
        requested_by=actor_to_json(actor),
        requested_by_name=actor.name[:120],
        language=get_language() or "ja",
    )
    job.full_clean()
    job.save()
    put_in_queue(job)
    record(
        organisation,
        subject=job.subject,
        summary=f"処理「{job.ledger_title}」を頼みました",
        changes={"state": ["", job.state]},
        visibility=visibility,
    )
    return job
