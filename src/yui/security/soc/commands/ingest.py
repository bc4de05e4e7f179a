"""``yui soc ingest``."""

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError

from yui.kernel.lake.errors import LakeError
from yui.kernel.scope.models import Organisation
from yui.security.soc.engine.records import Rejected
from yui.security.soc.formats.reading import InputMissing
from yui.security.soc.ingesting import Ingested, ingest
from yui.security.soc.processing.database import DatabaseRules

UNREADABLE = 2
TOLD = 20


class Command(BaseCommand):
    """Stores the events of files for a ward, and raises alerts."""

    # Pages and addresses are not needed; loading them to check them costs more than a small file takes.
    requires_system_checks = [Tags.models]
    help = "ログのファイルを取り込む / take in files of logs"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files and the ward."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files, folders, archives")
        parser.add_argument("--ward", required=True, metavar="CODE", help="全国地方公共団体コード(6桁)")
        parser.add_argument("--no-detect", action="store_true", help="検知しないで保存する / store only")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Store and tell counts that add up; exit with 2 when a path is missing."""
        ward = Organisation.objects.filter(code=options["ward"], is_active=True).first()
        if ward is None:
            raise CommandError(f"--ward {options['ward']}: 団体コードが見つかりません / no such organisation")
        book = None
        if not options["no_detect"]:
            book = DatabaseRules(Path(settings.HOME) / "cache" / "soc-rules").look("")
        shown: Counter[str] = Counter()

        def refuse(piece: Rejected) -> None:
            shown[piece.reason] += 1
            if shown[piece.reason] <= TOLD:
                self.stderr.write(f"{piece.place}: {piece.reason}: {piece.detail}")

        try:
            missing = [path for path in options["paths"] if not path.exists()]
            if missing:
                raise InputMissing(missing[0])
            told = ingest(options["paths"], ward.code, book=book, refuse=refuse)
        except InputMissing as error:
            self.stderr.write(str(error))
            sys.exit(UNREADABLE)
        except LakeError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(as_json(told), ensure_ascii=False) if options["json"] else _words(told))


def as_json(told: Ingested) -> dict[str, Any]:
    """Return the counts as the command prints them."""
    return {
        "events": told.events,
        "stored": told.stored,
        "duplicates": told.duplicates,
        "rejected": [{"reason": reason, "count": n} for reason, n in sorted(told.rejected.items())],
        "alerts": told.alerts,
        "odd_clocks": told.odd_clocks,
        "files": told.files,
        "seconds": round(told.seconds, 3),
    }


def _words(told: Ingested) -> str:
    rejected = "、".join(f"{reason} {count}" for reason, count in sorted(told.rejected.items())) or "0"
    return (
        f"{told.events:,} 件のうち保存 {told.stored:,}、保存済み {told.duplicates:,}、"
        f"読めなかったもの {rejected}、アラート {told.alerts:,} / "
        f"{told.events:,} events: {told.stored:,} stored, {told.duplicates:,} known, {told.alerts:,} alerts, "
        f"{told.seconds:.1f} s"
    )
