"""``yui reports make``: reports of a period, and their files."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from yui.governance.indicators.public import no_font_text
from yui.governance.reports.engine.content import LANGUAGES
from yui.governance.reports.errors import UnknownPlan
from yui.governance.reports.models import Edition, FileFormat, ReportKind, ReportPlan
from yui.governance.reports.operations import keep_file, make_report
from yui.governance.reports.queries.periods import last_period, read_period
from yui.governance.reports.queries.reports import edition_of, plans_for
from yui.kernel.paper import NoJapaneseFont
from yui.kernel.policy import Actor


class Command(BaseCommand):
    """Make the reports of one period for one organisation or for all that have a plan."""

    help = "報告書をつくる / make the reports of a period"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take kind, period, organisation and the folder for files."""
        parser.add_argument("--kind", choices=ReportKind.values, required=True)
        parser.add_argument("--period", help="2026-10, or a fiscal year as 2025 (default: the last one over)")
        parser.add_argument("--organisation", help="団体コード / code (default: all with a plan)")
        parser.add_argument("--out", type=Path, help="the folder to write the files into")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the reports, write their files, and say what was made."""
        actor, kind = Actor.system("cli"), options["kind"]
        told = []
        try:
            period = read_period(kind, options["period"]) if options["period"] else last_period(kind)
            for plan in _plans(actor, kind, options["organisation"]):
                made = make_report(actor, plan=plan, period=period)
                edition = made.edition or edition_of(actor, made.report)
                told.append(
                    {
                        "report": made.report.pk,
                        "organisation": plan.organisation.code,
                        "kind": kind,
                        "first_day": period.start.isoformat(),
                        "edition": edition.number if edition else None,
                        "sha256": edition.sha256 if edition else None,
                        "is_new": made.edition is not None,
                        "files": self._written(actor, edition, options["out"]) if edition else [],
                    }
                )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}", returncode=3) from error
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for each in told:
            sign = "+" if each["is_new"] else "="
            self.stdout.write(f"{sign} {each['organisation']} {each['first_day']} #{each['edition']}")
            for path in each["files"]:
                self.stdout.write(f"  {path}")

    def _written(self, actor: Actor, edition: Edition, folder: Path | None) -> list[str]:
        """Write an edition's files into the folder and return their paths; none without a folder."""
        if folder is None:
            return []
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for language in LANGUAGES:
            for file_format in FileFormat.values:
                try:
                    kept = keep_file(actor, edition=edition, language=language, file_format=file_format)
                except NoJapaneseFont:
                    self.stderr.write(no_font_text())
                    continue
                report = edition.report
                name = f"{report.organisation.code}-{report.kind}-{report.first_day:%Y-%m}-{edition.number}"
                path = folder / f"{name}-{language}.{file_format}"
                path.write_bytes(bytes(kept.content))
                paths.append(str(path))
        return paths


def _plans(actor: Actor, kind: str, code: str | None) -> list[ReportPlan]:
    """Return the plans of a kind.

    Raises:
        UnknownPlan: when the organisation has none.
    """
    plans = plans_for(actor).filter(kind=kind)
    found = list(plans.filter(organisation__code=code) if code else plans)
    if not found:
        raise UnknownPlan(code or kind)
    return found
