"""``yui jobs retry``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from yui.kernel.policy import Actor
from yui.kernel.tasks.errors import JobNotRetryable, UnknownJobKind
from yui.kernel.tasks.operations import retry_job
from yui.kernel.tasks.queries import jobs_for


class Command(BaseCommand):
    """Starts one failed or cancelled job again."""

    help = "処理をやり直す / retry a failed or cancelled job"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the job's number."""
        parser.add_argument("job", type=int, help="処理番号")

    def handle(self, **options: Any) -> None:
        """Queue it again, or say why that cannot be."""
        actor = Actor.system("command line")
        job = jobs_for(actor).filter(pk=options["job"]).first()
        if job is None:
            raise CommandError(
                f"処理番号 {options['job']} はありません。「yui jobs list」で確かめてください。"
            )
        try:
            self.stdout.write(f"{job.pk} {retry_job(actor, job=job).get_state_display()}")
        except (JobNotRetryable, UnknownJobKind) as error:
            raise CommandError(str(error)) from error
