"""``yui ledger verify``: check every chain in the database, or an exported ledger."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from yui.kernel.ledger.standalone import verify_file
from yui.kernel.ledger.verify import ChainVerdict, against_anchor, verify_all


class Command(BaseCommand):
    """Find any changed, missing or reordered entry."""

    help = "台帳の改ざん・欠落・入れ替えを調べる / find changed, missing or reordered ledger entries"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take an exported file, an anchor and the output form."""
        parser.add_argument("file", nargs="?", type=Path, help="exported ledger (default: the database)")
        parser.add_argument("--anchor", type=Path, help="heads written earlier by `yui ledger anchor`")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, file: Path | None, anchor: Path | None, **options: Any) -> None:
        """Print the verdict; exit 1 at a fault."""
        if file is not None:
            self._verify_file(file, as_json=options["json"])
            return
        verdicts = verify_all()
        if anchor is not None:
            verdicts = against_anchor(verdicts, json.loads(anchor.read_text(encoding="utf-8")))
        self._print(verdicts, as_json=options["json"])
        if not all(verdict.holds for verdict in verdicts):
            raise CommandError(
                _("台帳に異常があります。上の一覧の番号から後を、控えと比べてください。"), returncode=1
            )

    def _verify_file(self, file: Path, *, as_json: bool) -> None:
        if not file.is_file():
            raise CommandError(_("ファイルがありません: {file}").format(file=file), returncode=2)
        verdict = verify_file(file)
        self.stdout.write(
            json.dumps(asdict(verdict)) if as_json else f"{verdict.entries} {verdict.fault or 'OK'}"
        )
        if verdict.fault:
            raise CommandError(verdict.fault, returncode=1)

    def _print(self, verdicts: list[ChainVerdict], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(
                json.dumps([asdict(v) | {"holds": v.holds} for v in verdicts], ensure_ascii=False)
            )
            return
        for verdict in verdicts:
            state = "OK" if verdict.fault is None else f"#{verdict.fault.sequence}: {verdict.fault.problem}"
            self.stdout.write(f"{verdict.organisation_code}  {verdict.entries:>9,}  {state}")
        self.stdout.write(_("合計 {count} 件").format(count=f"{sum(v.entries for v in verdicts):,}"))
