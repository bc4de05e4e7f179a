"""``yui lake verify``."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from yui.kernel.lake.models import LakeFile
from yui.kernel.lake.upkeep import verify


class Command(BaseCommand):
    """Checks every file of the lake against the manifest."""

    help = "データファイルを記録と照らし合わせる / check every lake file against its recorded checksum"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the output format."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify and exit with 1 when a file is damaged."""
        damaged, checked = list(verify()), LakeFile.objects.count()
        if options["json"]:
            report = {"checked": checked, "damaged": [asdict(damage) for damage in damaged]}
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            lines = [f"{damage.path}: {damage.problem}" for damage in damaged]
            self.stdout.write("\n".join([*lines, f"{checked} file(s) checked, {len(damaged)} damaged"]))
        if damaged:
            sys.exit(1)
