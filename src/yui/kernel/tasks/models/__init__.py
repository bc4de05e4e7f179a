"""Records of background work."""

from yui.kernel.tasks.models.job import Job, JobQuerySet, JobState
from yui.kernel.tasks.models.periodic_task import PeriodicTask
from yui.kernel.tasks.models.worker_record import WorkerRecord

__all__ = ["Job", "JobQuerySet", "JobState", "PeriodicTask", "WorkerRecord"]
