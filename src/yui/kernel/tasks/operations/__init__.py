"""What can be done with a job, each recorded in the ledger."""

from yui.kernel.tasks.operations.cancel_job import cancel_job
from yui.kernel.tasks.operations.enqueue import enqueue
from yui.kernel.tasks.operations.retry_job import retry_job

__all__ = ["cancel_job", "enqueue", "retry_job"]
