"""``yui report``: the monthly report as PDF and workbook files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yui.governance.indicators.errors import IndicatorQuestionError
from yui.governance.indicators.formats.report_pdf import report_pdf
from yui.governance.indicators.formats.report_xlsx import report_xlsx
from yui.governance.indicators.queries.monthly_report import monthly_report
from yui.governance.indicators.queries.questions import read_month
from yui.governance.indicators.words import no_font_text
from yui.kernel.paper import NoJapaneseFont
from yui.kernel.policy import Actor


class Command(BaseCommand):
    """Write the report of one month."""

    help = "月次報告をPDFとXLSXで書き出す / write the monthly report as PDF and XLSX"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the month and the folder."""
        parser.add_argument("--month", help="2026-10 (default: the last closed month)")
        parser.add_argument("--out", required=True, type=Path, help="the folder to write into")

    def handle(self, *args: Any, month: str | None, out: Path, **options: Any) -> None:
        """Write both files and print where they are."""
        try:
            wanted = read_month(month)
            report = monthly_report(Actor.system("cli"), wanted)
            made = {"pdf": report_pdf(report), "xlsx": report_xlsx(report)}
        except IndicatorQuestionError as error:
            raise CommandError(str(error), returncode=2) from error
        except NoJapaneseFont as error:
            raise CommandError(no_font_text(), returncode=3) from error
        try:
            out.mkdir(parents=True, exist_ok=True)
            for file_format, content in made.items():
                path = out / f"indicators-{wanted}.{file_format}"
                path.write_bytes(content)
                self.stdout.write(str(path))
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}", returncode=3) from error
