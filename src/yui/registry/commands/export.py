"""``yui registry export``: write one table of a ward's ledger as CSV or XLSX."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from yui.kernel.exchange.export import Sheet as Worksheet
from yui.kernel.exchange.export import csv_stream, write_xlsx
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.registry.sheets import SHEETS, Sheet


class Command(BaseCommand):
    """Writes what ``yui import`` can read again."""

    help = "台帳の表を書き出す / Write a table of a ward's ledger as CSV or XLSX"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the ward, the table and the file."""
        parser.add_argument("--ward", required=True, help="団体コード / organisation code, e.g. 131032")
        parser.add_argument("--what", choices=sorted(SHEETS), default="systems", help="which table")
        parser.add_argument("--out", required=True, type=Path, help="file ending in .csv or .xlsx")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and say where it is."""
        organisation = Organisation.objects.filter(code=options["ward"]).first()
        if organisation is None:
            raise CommandError(
                _("団体コード %(code)s の団体はありません。6桁のコードを確かめてください。")
                % {"code": options["ward"]}
            )
        sheet, path = SHEETS[options["what"]], options["out"]
        rows = sheet.rows(Actor.system("registry export"), organisation)
        if path.suffix == ".csv":
            self._write_csv(path, sheet, rows)
        elif path.suffix == ".xlsx":
            write_xlsx(path, [Worksheet(sheet.importer.title, sheet.columns, rows)])
        else:
            raise CommandError(_("ファイル名は .csv か .xlsx で終わるようにしてください。"))
        self.stdout.write(str(path))

    def _write_csv(self, path: Path, sheet: Sheet, rows: Any) -> None:
        with path.open("wb") as file:
            for piece in csv_stream([column.title for column in sheet.columns], rows):
                file.write(piece)
