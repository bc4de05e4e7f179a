"""What can happen to a job, as exceptions."""

from django.utils.translation import gettext as _


class JobFailed(Exception):
    """A job cannot do its work; the message is shown to the person who asked for it.

    Say what is wrong, where, and what to do. A job that fails this way is not started again by itself.
    """


class JobCancelled(Exception):
    """Somebody cancelled the job; raised by ``JobRun.check_cancelled``, so that transactions roll back."""


class JobInterrupted(Exception):
    """The worker is stopping; raised by ``JobRun.check_cancelled``. The job goes back to the queue."""


class JobTaken(Exception):
    """Another attempt of the same job has begun; what this attempt still wants to say no longer counts."""


class UnknownJobKind(LookupError):
    """No room registered a job of this kind."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            _(
                "「{kind}」という処理はこの版にありません。版を上げた後なら、管理者に知らせてください。"
            ).format(kind=kind)
        )


class JobNotCancellable(ValueError):
    """The job has already ended."""

    def __init__(self) -> None:
        super().__init__(_("この処理はもう終わっています。取り消すものはありません。"))


class JobNotRetryable(ValueError):
    """The job is waiting, running or done."""

    def __init__(self) -> None:
        super().__init__(_("やり直せるのは、失敗した処理か取り消した処理だけです。"))
