"""``yui costs roll-up``."""

import json
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from yui.kernel.lake.errors import SparkUnavailable
from yui.kernel.lake.reach import Reach
from yui.kernel.lake.reading import Source, engine_settings, fetch_rows
from yui.kernel.lake.spark import spark_session
from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.roll_up import roll_up_query
from yui.transition.costs.engine.rows import exact_text
from yui.transition.costs.engine.spark import RollUpRow, roll_up_on_spark
from yui.transition.costs.facts import CHARGES
from yui.transition.costs.operations.roll_up import roll_up_all, stored_roll_up
from yui.transition.costs.queries.rules import rules_of

DUCKDB, SPARK = "duckdb", "spark"
REASON = "the installation compares or rebuilds its own roll-up"
SHOWN = 20


class Command(BaseCommand):
    """Adds up the lake's bill lines by month, and compares that with what is stored."""

    help = "月ごとの合計を明細から計算し直す / add up the bill lines by month, compare or rebuild"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the engine and what to do with its answer."""
        parser.add_argument("--engine", choices=(DUCKDB, SPARK), default=DUCKDB)
        parser.add_argument("--ward", default="", metavar="CODE", help="全国地方公共団体コード(6桁)")
        parser.add_argument(
            "--json", action="store_true", help="違いを JSON で出す / tell differences as JSON"
        )
        parser.add_argument("--rebuild", action="store_true", help="保存し直す / write the roll-up anew")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare (exit with 1 on a difference), or rebuild with DuckDB."""
        organisations = Organisation.objects.active()
        if options["ward"]:
            organisations = organisations.filter(code=options["ward"])
            if not organisations:
                raise CommandError(
                    f"--ward {options['ward']}: 団体コードが見つかりません / no such organisation"
                )
        if options["rebuild"]:
            if options["engine"] == SPARK:
                raise CommandError("--rebuild: --engine duckdb")
            self.stdout.write(str(sum(_rebuilt(organisation) for organisation in organisations)))
            return
        begun = time.monotonic()
        try:
            found = _added_up(list(organisations), options["engine"])
        except SparkUnavailable as error:
            raise CommandError(str(error)) from error
        seconds = time.monotonic() - begun
        stored = {organisation.code: stored_roll_up(organisation) for organisation in organisations}
        different = [
            {
                "organisation": code,
                "lake": _text(found[code], key),
                "stored": _text(stored[code], key),
                "key": key,
            }
            for code in stored
            for key in sorted(found[code].keys() | stored[code].keys())
            if found[code].get(key) != stored[code].get(key)
        ]
        count = sum(map(len, found.values()))
        if options["json"]:
            told = {"engine": options["engine"], "sums": count, "seconds": round(seconds, 3)}
            self.stdout.write(json.dumps(told | {"different": different}, ensure_ascii=False))
        else:
            self.stdout.write(
                f"{options['engine']}: {count} sums, {seconds:.1f} s, {len(different)} different"
            )
            for one in different[:SHOWN]:
                self.stdout.write(f"  {one}")
        if different:
            raise SystemExit(1)


def _rebuilt(organisation: Organisation) -> int:
    """Write one organisation's roll-up anew, whole or not at all."""
    with transaction.atomic():
        return roll_up_all(organisation)


def _added_up(organisations: list[Organisation], engine: str) -> dict[str, dict[tuple[str, ...], tuple]]:
    """Return the sums of each organisation's live lines by their keys."""
    if engine == DUCKDB:
        return {each.code: _keyed(_by_duckdb(each)) for each in organisations}
    settings.LAKE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.LAKE, prefix=".spark-") as folder:
        threads = engine_settings()["threads"]
        with spark_session(Path(folder), name="yui-roll-up", threads=threads) as session:
            return {
                each.code: _keyed(roll_up_on_spark(session, _paths(each), rules_of(each)))
                for each in organisations
            }


def _source(organisation: Organisation) -> Source:
    return Source(CHARGES, Reach.everything(REASON), organisations=[organisation.code])


def _by_duckdb(organisation: Organisation) -> list[RollUpRow]:
    rules = rules_of(organisation)
    return fetch_rows(roll_up_query(rules), {"lake": _source(organisation)}, rules.parameters())


def _paths(organisation: Organisation) -> list[Path]:
    return [settings.LAKE / path for path in _source(organisation).files().values_list("path", flat=True)]


def _keyed(rows: list[RollUpRow]) -> dict[tuple[str, ...], tuple]:
    return {row[:5]: row[5:] for row in rows}


def _text(sums: dict[tuple[str, ...], tuple], key: tuple[str, ...]) -> list[str] | None:
    found = sums.get(key)
    return None if found is None else [exact_text(found[0]), exact_text(found[1]), str(found[2])]
