"""``yui soc hunt``."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError

from yui.kernel.lake.errors import LakeError
from yui.kernel.lake.reach import Reach
from yui.kernel.scope.models import Organisation
from yui.security.soc.engine.hunting.errors import HuntNotUnderstood
from yui.security.soc.engine.hunting.parsing import parse_hunt
from yui.security.soc.event_store.clocks import DAY, moment
from yui.security.soc.event_store.reading import Span
from yui.security.soc.models import HuntSpan, SavedHunt
from yui.security.soc.queries.hunting.search import MOST_ROWS, ROWS_SHOWN, Answer, search
from yui.security.soc.queries.hunting.spans import LENGTHS

REASON = "the installation asks the stored events"


class Command(BaseCommand):
    """Asks the stored events."""

    requires_system_checks = [Tags.models]
    help = "保存したログを調べる / ask the stored events"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the question or a saved one, the time and the wards."""
        asked = parser.add_mutually_exclusive_group(required=True)
        asked.add_argument("question", nargs="?", metavar="QUESTION", help="in the language of hunts")
        asked.add_argument("--saved", type=int, metavar="ID", help="key of a saved hunt")
        parser.add_argument(
            "--days", type=float, default=None, metavar="N", help="1 unless the saved one says"
        )
        parser.add_argument("--ward", action="append", default=[], metavar="CODE")
        parser.add_argument("--most", type=int, default=ROWS_SHOWN, metavar="N", help="at most N rows")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one event or group a line, then a summary."""
        text, days = _question(options["question"], options["saved"])
        days = days if options["days"] is None else options["days"]
        if days <= 0:
            raise CommandError("--days: 0より大きい数にしてください / a number above zero")
        if not 1 <= options["most"] <= MOST_ROWS:
            raise CommandError(f"--most: 1 - {MOST_ROWS:,}")
        wards = list(dict.fromkeys(options["ward"]))
        known = set(Organisation.objects.filter(code__in=wards).values_list("code", flat=True))
        if unknown := [code for code in wards if code not in known]:
            raise CommandError(f"--ward {unknown[0]}: 団体コードが見つかりません / no such organisation")
        now = time.time_ns() // 1000
        span = Span(now - int(days * DAY), now + DAY)
        try:
            reach = Reach.everything(REASON)
            answer = search(reach, parse_hunt(text), span, wards=wards or None, most=options["most"])
        except (HuntNotUnderstood, LakeError) as error:
            raise CommandError(str(error)) from error
        for row in _rows(answer):
            self.stdout.write(json.dumps(row, ensure_ascii=False) if options["json"] else _line(row))
        self._summary(answer, as_json=options["json"])

    def _summary(self, answer: Answer, *, as_json: bool) -> None:
        if as_json:
            summary = {"events": answer.total, "is_cut": answer.is_cut, "seconds": round(answer.seconds, 3)}
            self.stdout.write(json.dumps(summary | {"wards": dict(answer.by_ward)}))
            return
        more = "(ほかにもあります / there are more)" if answer.is_cut else ""
        self.stdout.write(f"{answer.total:,} 件{more}、{answer.seconds:.1f} 秒 / {answer.total:,} events")


def _question(text: str | None, key: int | None) -> tuple[str, float]:
    """Return the question, and how many days back it looks."""
    if key is None:
        return text or "", 1.0
    hunt = SavedHunt.objects.unscoped(REASON).filter(pk=key).first()
    if hunt is None:
        raise CommandError(f"--saved {key}: 保存したハントが見つかりません / no such saved hunt")
    return hunt.text, LENGTHS[HuntSpan(hunt.span)].total_seconds() / 86_400


def _rows(answer: Answer) -> Iterator[dict[str, Any]]:
    for one in answer.counted:
        times = {"first": moment(one.first).isoformat(), "last": moment(one.last).isoformat()}
        yield dict(zip(answer.columns, one.values, strict=True)) | {"count": one.count} | times
    for hit in answer.hits:
        named = {"time": moment(hit.time).isoformat(), "ward": hit.ward, "event_id": hit.event_id.hex()}
        yield named | dict(zip(answer.columns, hit.values, strict=True))


def _line(row: dict[str, Any]) -> str:
    return "  ".join("—" if value is None else str(value) for value in row.values())
