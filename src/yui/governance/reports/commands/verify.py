"""``yui reports verify``: makes every kept file again and compares."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yui.governance.reports.errors import EditionsDiffer
from yui.governance.reports.queries.verification import Finding, verify


class Command(BaseCommand):
    """Say of each edition and file whether it is what it was."""

    help = "版とファイルをつくり直して比べる / make every edition's files again and compare"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the output form."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare and print; a fault ends with status 1."""
        found = []
        for each in verify():
            found.append(each)
            if not options["json"] and each.finding is not Finding.SAME:
                self.stdout.write(
                    f"{each.report} {each.audience} #{each.number} {each.file}: {each.finding} "
                    f"({each.made_with})"
                )
        if options["json"]:
            self.stdout.write(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=1))
        else:
            self.stdout.write(f"{sum(each.finding is Finding.SAME for each in found)} / {len(found)} = same")
        faults = sum(each.finding.is_fault for each in found)
        if faults:
            raise CommandError(str(EditionsDiffer(faults)), returncode=1)
