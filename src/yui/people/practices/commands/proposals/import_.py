"""``yui proposals import``: take a ward's proposals of past years in."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from yui.kernel.exchange.commands import import_
from yui.people.practices.importing_proposals import IMPORTER_CODE


class Command(import_.Command):
    """Takes a table in as ``yui import --kind practices.proposals`` does."""

    help = "過去の改善提案を取り込む / import improvement proposals of past years (CSV, TSV, XLSX, XLS)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments; what is imported is settled."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--ward", required=True, help="団体コード / official code of the organisation")
        parser.add_argument("--sheet", default="")
        parser.add_argument("--preview", action="store_true", help="確かめるだけ / read and check only")
        parser.add_argument(
            "--skip-errors", action="store_true", help="誤りのある行を除く / leave out bad rows"
        )
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command."""
        super().handle(*args, **options, kind=IMPORTER_CODE)
