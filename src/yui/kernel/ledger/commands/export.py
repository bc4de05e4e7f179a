"""``yui ledger export FILE``: write the ledger in its stand-alone form."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from yui.kernel.ledger.verify import export_to


class Command(BaseCommand):
    """Write every entry to a file that can be verified without Yui's database."""

    help = "台帳を単独で検証できるファイルに書き出す / write the ledger to a file that verifies stand-alone"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file to write."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Write the file and say how many entries it holds."""
        self.stdout.write(f"{export_to(file):,}")
