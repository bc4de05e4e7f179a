"""``yui costs import``."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError

from yui.kernel.exchange.errors import FileRefused
from yui.kernel.lake.errors import LakeError
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.rows import amounts_as_text
from yui.transition.costs.formats.problems import RowProblem
from yui.transition.costs.operations.take_in_file import AUTO, KINDS, Outcome, take_in_file


class Command(BaseCommand):
    """Imports bills, ledgers and expenditure totals."""

    # `yui check` and the tests look at the whole installation; to check the addresses all pages would be
    # loaded, which costs more than a small file does.
    requires_system_checks = [Tags.models]
    help = "請求・支出台帳・歳出総額のファイルを取り込む / import bills, ledgers and expenditure totals"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, the ward and the kind."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--ward", required=True, metavar="CODE", help="全国地方公共団体コード(6桁)")
        parser.add_argument("--kind", choices=KINDS, default=AUTO)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and print the outcome; exit with 1 when the file was refused."""
        path: Path = options["path"]
        organisation = Organisation.objects.filter(code=options["ward"], is_active=True).first()
        if organisation is None:
            raise CommandError(f"--ward {options['ward']}: 団体コードが見つかりません / no such organisation")
        if not path.is_file():
            raise CommandError(f"{path}: ファイルがありません / no such file")
        try:
            outcome = take_in_file(
                Actor.system("command line"), organisation=organisation, path=path, kind=options["kind"]
            )
        except (FileRefused, LakeError) as error:
            self._refuse(path, options, error)
        else:
            self._tell(path, outcome, options["json"])

    def _refuse(self, path: Path, options: dict[str, Any], error: Exception) -> None:
        """Say why the file was refused whole, and exit with 1."""
        problems: tuple[RowProblem, ...] = getattr(error, "problems", ())
        listed = problems or (RowProblem(0, "", "", str(error)),)
        if options["json"]:
            refused = Outcome(str(path), options["kind"], len(problems), 0, len(problems), problems=listed)
            self.stdout.write(as_json(refused, str(path), status="refused"))
        else:
            self.stderr.write(f"{path.name}: {error}")
            for problem in problems:
                self.stderr.write(f"  {problem.row}: {problem.column} {problem.value} {problem.message}")
        sys.exit(1)

    def _tell(self, path: Path, outcome: Outcome, wants_json: bool) -> None:
        if wants_json:
            self.stdout.write(as_json(outcome, str(path), "imported" if outcome.is_new else "unchanged"))
            return
        self.stdout.write(
            f"{path.name}: {outcome.kind} {outcome.rows_accepted}/{outcome.rows_read} 行 "
            + " ".join(f"{amount} {currency}" for currency, amount in amounts_as_text(outcome.billed).items())
        )
        for note in outcome.notes:
            self.stdout.write(f"  {note}")
        for problem in outcome.problems:
            self.stdout.write(f"  {problem.row}: {problem.column} {problem.value} {problem.message}")


def as_json(outcome: Outcome, file: str, status: str) -> str:
    """Return the outcome as the command's JSON; ``billed_cost`` is null when currencies differ."""
    amounts = amounts_as_text(outcome.billed)
    single = next(iter(amounts.values())) if len(amounts) == 1 else None
    return json.dumps(
        {
            "file": file,
            "kind": outcome.kind,
            "rows_read": outcome.rows_read,
            "rows_accepted": outcome.rows_accepted,
            "rows_rejected": outcome.rows_rejected,
            "billed_cost": single,
            "errors": [problem.as_json() for problem in outcome.problems],
            "billed_cost_by_currency": amounts,
            "rows_outside": outcome.rows_outside,
            "status": status,
            "notes": list(outcome.notes),
        },
        ensure_ascii=False,
    )
