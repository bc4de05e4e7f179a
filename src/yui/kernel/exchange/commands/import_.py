"""``yui import``: take a file in from the command line."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError

from yui.kernel.exchange.errors import DatabaseUnavailable, ExchangeError
from yui.kernel.exchange.importers import all_importers
from yui.kernel.exchange.models import ImportRun
from yui.kernel.exchange.operations import apply_run, preview_run, upload_file
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation


class Command(BaseCommand):
    """Takes a file in; ends with status 1 and a sentence where nothing was changed."""

    help = "ファイルを取り込む / import a CSV, TSV, XLSX or XLS file"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--kind", required=True, help=", ".join(one.code for one in all_importers()))
        parser.add_argument("--ward", required=True, help="団体コード / official code of the organisation")
        parser.add_argument("--sheet", default="")
        parser.add_argument("--preview", action="store_true", help="確かめるだけ / read and check only")
        parser.add_argument(
            "--skip-errors", action="store_true", help="誤りのある行を除く / leave out bad rows"
        )
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command."""
        run: ImportRun | None = None
        try:
            run = self._upload(options)
            run = preview_run(Actor.system("import"), run.pk)
            if run.failure:
                raise ExchangeError(run.failure_text["message"], run.failure_text["remedy"])
            if not options["preview"]:
                run = apply_run(Actor.system("import"), run.pk, skip_errors=options["skip_errors"])
        except ExchangeError as error:
            self._report(run, options, error)
            raise CommandError(str(error)) from error
        except (DatabaseError, InterfaceError) as error:
            raise CommandError(str(DatabaseUnavailable())) from error
        self._report(run, options, None)

    def _upload(self, options: dict[str, Any]) -> ImportRun:
        """Keep the file for the ward."""
        ward = Organisation.objects.filter(code=options["ward"]).first()
        if ward is None:
            raise CommandError(f"団体コード {options['ward']} はありません。 / no organisation has this code")
        path: Path = options["path"]
        try:
            with path.open("rb") as source:
                return upload_file(
                    Actor.system("import"),
                    organisation=ward,
                    importer=options["kind"],
                    source=source,
                    name=path.name,
                    sheet=options["sheet"],
                )
        except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
            raise CommandError(f"{path}: {error.strerror}") from error

    def _report(self, run: ImportRun | None, options: dict[str, Any], error: ExchangeError | None) -> None:
        """Say what became of the file."""
        counts = {
            "run": run.pk if run else None,
            "state": run.state if run else None,
            "read": run.rows_read if run else 0,
            "accepted": run.rows_accepted if run else 0,
            "unchanged": run.rows_unchanged if run else 0,
            "rejected": run.rows_rejected if run else 0,
        }
        lines = run.error_lines() if run else []
        if options["as_json"]:
            result = {**counts, "errors": lines, "error": str(error) if error else None}
            self.stdout.write(json.dumps(result, ensure_ascii=False))
            return
        for line in lines[:20]:
            self.stdout.write(f"{line['row']}行 {line['column']}: {line['message']} {line['remedy']}")
        if error is None:
            self.stdout.write(
                f"読んだ {counts['read']} 行 = 取り込んだ {counts['accepted']}"
                f" + 変わらない {counts['unchanged']} + 除いた {counts['rejected']}"
            )
