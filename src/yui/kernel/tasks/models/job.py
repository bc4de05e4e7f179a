"""One piece of background work that somebody asked for."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from yui.kernel.links import urn
from yui.kernel.links.addresses import record_address
from yui.kernel.scope.models import ScopedManager, ScopedModel, ScopedQuerySet
from yui.kernel.tasks.registry import title_of


class JobState(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", _("待ち")
    RUNNING = "running", _("実行中")
    SUCCEEDED = "succeeded", _("完了")
    FAILED = "failed", _("失敗")
    CANCELLED = "cancelled", _("取消")


OPEN_STATES = (JobState.QUEUED, JobState.RUNNING)


class JobQuerySet(ScopedQuerySet):
    """Jobs by their state."""

    def open(self) -> "JobQuerySet":
        """Keep the jobs that wait or run."""
        return self.filter(state__in=OPEN_STATES)

    def running_attempt(self, pk: int, attempt: int) -> "JobQuerySet":
        """Keep the job if it is running and ``attempt`` is still its latest attempt.

        Every write of a worker goes through this, so that a worker which was believed dead and comes
        back cannot overwrite what its successor has done.
        """
        return self.filter(pk=pk, state=JobState.RUNNING, attempts=attempt)


class Job(ScopedModel):
    """A job. ``arguments`` and ``result`` are JSON; ``error`` is written for people."""

    kind = models.CharField(_("種類"), max_length=80)
    title = models.CharField(_("名前"), max_length=200, blank=True)
    arguments = models.JSONField(_("引数"), default=dict, blank=True)
    state = models.CharField(_("状態"), max_length=12, choices=JobState.choices, default=JobState.QUEUED)
    done = models.PositiveBigIntegerField(_("済んだ数"), default=0)
    total = models.PositiveBigIntegerField(_("全体の数"), null=True, blank=True)
    progress_text = models.CharField(_("今していること"), max_length=200, blank=True)
    result = models.JSONField(_("結果"), null=True, blank=True)
    error = models.TextField(_("失敗の理由"), blank=True)
    attempts = models.PositiveIntegerField(_("試した回数"), default=0)
    max_attempts = models.PositiveIntegerField(_("試す回数の上限"), default=3)
    cancel_requested = models.BooleanField(_("取消を求められた"), default=False)
    heartbeat_at = models.DateTimeField(_("最後に動いていた日時"), null=True, blank=True)
    started_at = models.DateTimeField(_("始めた日時"), null=True, blank=True)
    finished_at = models.DateTimeField(_("終えた日時"), null=True, blank=True)
    requested_by = models.JSONField(_("頼んだ人"), default=dict, blank=True)
    requested_by_name = models.CharField(_("頼んだ人の名前"), max_length=120)
    language = models.CharField(_("言葉"), max_length=8, default="ja")
    worker_id = models.CharField(_("処理係"), max_length=64, blank=True)
    queue_id = models.UUIDField(_("待ち行列の番号"), null=True, blank=True)

    objects: ClassVar[Any] = ScopedManager.from_queryset(JobQuerySet)()

    class Meta(ScopedModel.Meta):
        ordering = ("-created_at", "-pk")
        verbose_name = _("処理")
        indexes = [
            models.Index(fields=["organisation", "-created_at"], name="job_by_organisation"),
            models.Index(fields=["state", "heartbeat_at"], name="job_by_state"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=JobState.values), name="job_state_known"),
        ]

    def __str__(self) -> str:
        return self.display_title

    @property
    def display_title(self) -> str:
        """The job's own title, or that of its kind in the reader's language."""
        return self.title or title_of(self.kind)

    @property
    def ledger_title(self) -> str:
        """The title as the ledger keeps it: in Japanese, whoever acts."""
        with override("ja"):
            return self.display_title

    @property
    def subject(self) -> str:
        """The job's URN in the ledger, events and links."""
        return urn("tasks.job", self.pk)

    @property
    def is_open(self) -> bool:
        """Whether the job waits or runs."""
        return self.state in OPEN_STATES

    @property
    def can_retry(self) -> bool:
        """Whether a person can start the job again."""
        return self.state in (JobState.FAILED, JobState.CANCELLED)

    @property
    def percent(self) -> int | None:
        """Done of total in whole percent; None while the total is unknown."""
        return min(100, self.done * 100 // self.total) if self.total else None

    def get_absolute_url(self) -> str:
        """Return the address of the job's page."""
        return record_address("tasks:job", self.pk)

    def take_progress(self, progress: Any) -> None:
        """Show a newer progress than the row has, without saving it."""
        self.done, self.total, self.progress_text = progress.done, progress.total, progress.text
