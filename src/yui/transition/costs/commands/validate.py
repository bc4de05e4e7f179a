"""``yui costs validate``."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from yui.kernel.exchange.errors import FileRefused
from yui.kernel.lake.errors import LakeError
from yui.transition.costs.engine.validation.verdicts import Report, Status, Verdict
from yui.transition.costs.queries.focus_check import check_focus_file

HAS_FAILURES, UNREADABLE = 1, 2


class Command(BaseCommand):
    """Examines a file against the requirements of FOCUS."""

    # A file is examined without database, pages or addresses; loading those to check them would cost most
    # of the time that a small file takes.
    requires_system_checks: list[str] = []
    help = "FOCUS の規則に合うか検査する / examine a file against the requirements of FOCUS"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, the rules and what the provider supports."""
        parser.add_argument("path", type=Path, help="CSV, gzip, Parquet")
        parser.add_argument("--focus-version", default="", metavar="VERSION", help="1.0 … 1.4")
        parser.add_argument("--model", type=Path, default=None, metavar="FILE", help="model-<version>.json")
        parser.add_argument("--criteria", default="", metavar="ALL|A,B,…", help="ALL, A,B,…")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the verdicts; exit with 1 when a rule is broken and with 2 when nothing could be examined."""
        path: Path = options["path"]
        if not path.is_file():
            self.stderr.write(f"{path}: ファイルがありません / no such file")
            sys.exit(UNREADABLE)
        criteria = [name.strip() for name in options["criteria"].split(",") if name.strip()]
        try:
            report = check_focus_file(
                path,
                version=options["focus_version"],
                model=options["model"],
                criteria=criteria,
            )
        except (FileRefused, LakeError) as error:
            self.stderr.write(f"{path.name}: {error}")
            sys.exit(UNREADABLE)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self._tell(report)
        if report.has_failures:
            sys.exit(HAS_FAILURES)

    def _tell(self, report: Report) -> None:
        """Print the rules that are broken, and how many have each status."""
        self.stdout.write(f"{report.file}: FOCUS {report.version}, {report.rows} 行, 規則: {report.model}")
        for verdict in report.verdicts:
            if verdict.status is Status.FAIL:
                self.stdout.write(f"✗ {verdict.id} ({verdict.failed_rows} 行) {verdict.text}")
                for line in _details(verdict):
                    self.stdout.write(f"    {line}")
        self.stdout.write(" ".join(f"{name}={count}" for name, count in report.summary.items()))


def _details(verdict: Verdict) -> list[str]:
    lines = [f"{verdict.reason}: {verdict.detail}"] if verdict.reason else []
    return lines + [f"{one.row}: {one.column} = {one.value}" for one in verdict.examples]
