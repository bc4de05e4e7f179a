"""``yui lake sweep``."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from yui.kernel.lake.upkeep import DEFAULT_AGE_HOURS, sweep


class Command(BaseCommand):
    """Removes files that an interrupted import left behind."""

    help = "中断した取込が残したファイルを消す / remove files that an interrupted import left behind"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the age from which an unnamed file counts as left behind."""
        parser.add_argument("--older-than-hours", type=float, default=DEFAULT_AGE_HOURS)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep and print what was removed."""
        removed = sweep(options["older_than_hours"])
        if options["json"]:
            self.stdout.write(json.dumps({"removed": removed}, ensure_ascii=False))
        else:
            self.stdout.write("\n".join([*removed, f"{len(removed)} file(s) removed"]))
