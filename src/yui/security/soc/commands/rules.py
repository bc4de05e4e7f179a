"""``yui soc rules import PATH``: take a folder or archive of Sigma rules in."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from yui.kernel.policy import Actor
from yui.security.soc.formats.rule_archives import RuleSourceMissing, read_rule_path
from yui.security.soc.operations.rules.import_rules import ImportedRules, import_rules
from yui.security.soc.operations.rules.reading import read_rules
from yui.security.soc.queries.rules.catalogue import known_rule_ids, rule_cache


class Command(BaseCommand):
    """Imports rules; what cannot be used is listed with its reason."""

    help = "検知ルールを取り込む / import a folder or archive of Sigma rules"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        importing = verbs.add_parser(
            "import", help="フォルダー・zip・tar・ファイル / folder, archive or file"
        )
        importing.add_argument("path", type=Path)
        importing.add_argument(
            "--licence", default="", help="LICENSE が無いときのライセンス / licence where the pack names none"
        )
        importing.add_argument(
            "--retire-missing",
            action="store_true",
            help="前回にあって今回無いルールを廃止する / retire rules no longer in the pack",
        )
        importing.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import and say what became of it."""
        started = time.monotonic()
        try:
            files = read_rule_path(options["path"])
            read = read_rules(files, known_ids=known_rule_ids(), cache=rule_cache())
            result = import_rules(
                Actor.system("soc rules import"),
                read=read,
                licence=options["licence"],
                retires_missing=options["retire_missing"],
            )
        except RuleSourceMissing as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if options["as_json"]:
            self.stdout.write(json.dumps(_as_json(result), ensure_ascii=False))
        else:
            self._tell(result, files.others, time.monotonic() - started)

    def _tell(self, result: ImportedRules, others: int, seconds: float) -> None:
        self.stdout.write(
            f"読んだ {result.parsed} = 使える {result.loaded} + 使えない {len(result.unsupported)}"
            f" / parsed {result.parsed} = loaded {result.loaded} + unsupported {len(result.unsupported)}"
        )
        self.stdout.write(
            f"新規 {result.new}、更新 {result.changed}、同じ {result.unchanged}、廃止 {result.retired}"
            f" / new {result.new}, changed {result.changed}, same {result.unchanged},"
            f" retired {result.retired}"
            f" ({seconds:.1f} s; {others} other files)"
        )
        if not result.pack.licence:
            self.stdout.write(
                "ライセンスの名前がありません。--licence で指定します。 / no licence is named: give --licence"
            )
        for one in result.unsupported[:50]:
            self.stdout.write(f"  {one.rule_id}: {one.reason}")
        if len(result.unsupported) > 50:
            self.stdout.write(f"  … {len(result.unsupported) - 50} (--json)")


def _as_json(result: ImportedRules) -> dict[str, Any]:
    """Return the result as the command line promises it."""
    return {
        "parsed": result.parsed,
        "loaded": result.loaded,
        "unsupported": [{"id": one.rule_id, "reason": one.reason} for one in result.unsupported],
    }
