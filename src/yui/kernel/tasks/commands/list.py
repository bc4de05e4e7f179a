"""``yui jobs list``."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from yui.kernel.policy import Actor
from yui.kernel.tasks.models import JobState
from yui.kernel.tasks.queries import jobs_for, with_latest_progress


class Command(BaseCommand):
    """Prints jobs, newest first."""

    help = "処理の一覧 / list background jobs"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which jobs, how many, and how."""
        parser.add_argument("--state", choices=JobState.values)
        parser.add_argument("--limit", type=int, default=20)
        parser.add_argument("--json", action="store_true", help="one JSON array")

    def handle(self, **options: Any) -> None:
        """Print the jobs."""
        jobs = jobs_for(Actor.system("command line"))
        if options["state"]:
            jobs = jobs.filter(state=options["state"])
        rows = [
            {
                "id": job.pk,
                "kind": job.kind,
                "title": job.display_title,
                "organisation": job.organisation.code,
                "state": job.state,
                "done": job.done,
                "total": job.total,
                "attempts": job.attempts,
                "error": job.error,
                "created_at": job.created_at.isoformat(),
            }
            for job in map(with_latest_progress, jobs[: options["limit"]])
        ]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            place = f"{row['id']:>6}  {row['state']:<10} {row['organisation']:<10} {row['kind']:<28}"
            reason = f"  — {row['error']}" if row["error"] else ""
            self.stdout.write(f"{place} {row['title']}{reason}")
