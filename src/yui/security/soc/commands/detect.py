"""``yui soc detect``."""

import gc
import json
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand

from yui.security.soc.detecting import Found, RuleSet, Tally, as_json, detect_in_files, moment, read_rule_set
from yui.security.soc.engine.records import Rejected
from yui.security.soc.engine.sigma.routing import AUDIT
from yui.security.soc.formats.reading import InputMissing
from yui.security.soc.formats.rule_archives import RuleSourceMissing

UNREADABLE = 2
TOLD = 20
# Rules stay and batches come and go without cycles; looking for cycles among them all the time only costs.
GARBAGE_AFTER = 200_000


class Command(BaseCommand):
    """Runs Sigma rules over files."""

    # No database, pages or addresses are used; checking them would cost most of the time a small file takes.
    requires_system_checks: list[str] = []
    help = "ファイルのログを Sigma ルールで調べる / detect in files with Sigma rules"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the logs and the rules."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files, folders, archives")
        parser.add_argument("--rules", required=True, action="append", type=Path, metavar="PATH")
        parser.add_argument(
            "--audit", action="store_true", help="Security 4688 / 4657 as process / registry events"
        )
        parser.add_argument("--no-cache", action="store_true", help="parse every rule anew")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one alert a line and a summary; exit with 2 when logs or rules cannot be read."""
        before = gc.get_threshold()
        gc.set_threshold(GARBAGE_AFTER)
        try:
            self._detect(options)
        finally:
            gc.set_threshold(*before)
            gc.unfreeze()

    def _detect(self, options: dict[str, Any]) -> None:
        started = time.perf_counter()
        cache = None if options["no_cache"] else Path(settings.HOME) / "cache" / "soc-rules"
        groups = frozenset([AUDIT]) if options["audit"] else frozenset()
        try:
            rules = read_rule_set(options["rules"], cache, groups)
            missing = [path for path in options["paths"] if not path.exists()]
            if missing:
                raise InputMissing(missing[0])
        except (RuleSourceMissing, InputMissing) as error:
            self.stderr.write(str(error))
            sys.exit(UNREADABLE)
        loaded_after = time.perf_counter() - started
        gc.freeze()
        try:
            tally = self._run(options["paths"], rules, options["json"])
        except BrokenPipeError:
            # Whoever reads the output has seen enough; there is nobody left to tell anything.
            sys.stderr.close()
            return
        self._troubles(rules, tally)
        self._summary(rules, tally, loaded_after, as_lines=options["json"])

    def _run(self, paths: list[Path], rules: RuleSet, as_lines: bool) -> Tally:
        tally = Tally()
        write = self.stdout.write
        for found in detect_in_files(paths, rules, tally, self._refuse(Counter())):
            write(_line(as_json(found)) if as_lines else _row(found))
        return tally

    def _refuse(self, told: Counter[str]) -> Any:
        """Return what tells rejected input: each reason a few times, all of them counted in the summary."""

        def refuse(item: Rejected) -> None:
            told[item.reason] += 1
            if told[item.reason] <= TOLD:
                self.stderr.write(f"{item.place}: {item.reason}: {item.detail}")

        return refuse

    def _troubles(self, rules: RuleSet, tally: Tally) -> None:
        """Say on the error stream what was left out."""
        for one in rules.unsupported[:TOLD]:
            self.stderr.write(f"{one.place}: {one.id}: {one.reason}")
        if len(rules.unsupported) > TOLD:
            rest = len(rules.unsupported) - TOLD
            self.stderr.write(f"ほかに {rest} 件のルールを使えません / {rest} more rules cannot be used")
        for reason, count in tally.rejected.most_common():
            if count > TOLD:
                self.stderr.write(f"{reason}: {count} 件 / {count} pieces of input")
        if tally.left_out:
            self.stderr.write(
                f"ログでないファイルを {tally.left_out} 件読みませんでした / "
                f"{tally.left_out} files that are no logs were left out"
            )
        if tally.untimed:
            self.stderr.write(
                f"時刻がなく相関に使えない一致が {tally.untimed} 件あります / "
                f"{tally.untimed} matches without a time took no part in correlation"
            )

    def _summary(self, rules: RuleSet, tally: Tally, loaded_after: float, as_lines: bool) -> None:
        states = rules.states(tally.seen)
        if as_lines:
            summary = {
                "events": tally.events,
                "alerts": tally.alerts,
                "rules_hit": len(tally.rules_hit),
                "seconds": round(tally.seconds, 3),
                "rejected": sum(tally.rejected.values()),
                "left_out": tally.left_out,
                "rules": states,
                "cpu_seconds": round(tally.cpu_seconds, 3),
                "load_seconds": round(loaded_after, 3),
            }
            self.stdout.write(json.dumps(summary, ensure_ascii=False))
            return
        self.stdout.write(
            f"{tally.events:,} 件を調べ、アラート {tally.alerts:,} 件"
            f"(ルール {len(tally.rules_hit)} 種)、{tally.seconds:.2f} 秒 / "
            f"{tally.events:,} events, {tally.alerts:,} alerts of {len(tally.rules_hit)} rules"
        )
        if tally.rejected:
            count = sum(tally.rejected.values())
            self.stdout.write(f"読めなかったもの {count:,} 件 / {count:,} pieces could not be read")
        self.stdout.write(
            f"ルール: 評価可 {states['evaluable']}、項目なし {states['field_never_seen']}、"
            f"非対応 {states['unsupported']} / rules: evaluable, field never seen, unsupported"
        )


def _line(value: dict[str, Any]) -> str:
    try:
        return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
    except (TypeError, ValueError, RecursionError):
        return json.dumps(value, default=str)


def _row(found: Found) -> str:
    """Return an alert as one line to read: when, how severe, what, where, whose rule."""
    when = moment(found.record.time) or "-"
    why = ", ".join(f"{one.field} {one.modifier} {one.literal}" for one in found.matched[:3])
    if found.correlation is not None:
        why = ", ".join(f"{name}={value}" for name, value in found.correlation.group)
    where = found.record.place or "-"
    title = _one_line(found.title)
    return (
        f"{when:<27} {found.level:<13} {title}  [{_one_line(why)}]  {where}  © {found.author} {found.licence}"
    )


def _one_line(text: str) -> str:
    """Return a text without what would break a line or steer a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)[:300]
