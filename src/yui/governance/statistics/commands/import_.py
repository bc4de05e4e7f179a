"""``yui statistics import``: load a file of statistics."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from yui.governance.statistics.facts import LoadResult, SentFile, SourceFacts, Wanted
from yui.governance.statistics.formats.contents import FileContent
from yui.governance.statistics.models import Frequency, Licence, Source, Topic
from yui.governance.statistics.operations import keep_file, load_observations, save_source
from yui.governance.statistics.reading import Reading, read_file
from yui.kernel.calendar_jp import today
from yui.kernel.exchange.errors import ExchangeError
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, Visibility
from yui.organisations.public import SECRETARIAT_CODE

SAID = 20


class Command(BaseCommand):
    """Load a file; ends with status 1 and a sentence where nothing was changed because of an error."""

    help = "公的統計のファイルを取り込む / load a CSV, XLSX or e-Stat JSON file of official statistics"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--source", default="", help="出典のコード / code of the source")
        parser.add_argument("--title", default="", help="出典の名称 / title of a source that is made")
        parser.add_argument("--publisher", default="", help="公表した機関 / its publisher")
        parser.add_argument("--address", default="", help="アドレス / its web address")
        parser.add_argument("--licence", choices=Licence.values, default=Licence.UNKNOWN)
        parser.add_argument("--licence-text", default="", help="利用条件の本文 / wording of own terms")
        parser.add_argument(
            "--organisation",
            default=SECRETARIAT_CODE,
            help="管理する団体のコード / code of the organisation that keeps a source that is made",
        )
        parser.add_argument(
            "--retrieved-on", type=date.fromisoformat, default=None, help="取得日 / YYYY-MM-DD (today)"
        )
        parser.add_argument(
            "--series",
            action="append",
            default=[],
            help="取り込む系列のコード / code of a series to load, or of the only one (may be repeated)",
        )
        parser.add_argument("--series-title", default="", help="系列名 / title of the only series")
        parser.add_argument("--unit", default="", help="単位 / unit of the only series")
        parser.add_argument("--frequency", choices=Frequency.values, default="")
        parser.add_argument("--topic", choices=Topic.values, default=Topic.OTHER)
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, make the source where it is missing, load, and say what came of it."""
        actor, path = Actor.system("cli"), options["path"]
        retrieved_on = options["retrieved_on"] or today()
        if retrieved_on > today():
            raise CommandError(
                "--retrieved-on: 今日までの日にしてください / the day must not be in the future"
            )
        wanted = _wanted(options)
        try:
            with path.open("rb") as stream:
                sha256 = keep_file(stream)
            content = read_file(
                path, path.name, Reading(wanted.code, wanted.title, wanted.unit, wanted.frequency)
            )
            # A source that is made for a file which cannot be loaded is not left behind.
            with transaction.atomic():
                result = load_observations(
                    actor,
                    source=_source(actor, options, content),
                    content=content,
                    file=SentFile(path.name, sha256, retrieved_on),
                    wanted=wanted,
                    chosen=options["series"] or None,
                )
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except ExchangeError as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self._say(result, as_json=options["as_json"])

    def _say(self, result: LoadResult, *, as_json: bool) -> None:
        refused = [{"row": each.row, "what": each.what, "why": str(each.why)} for each in result.refused]
        if as_json:
            told = {
                "series": list(result.series),
                "new": result.new,
                "changed": result.changed,
                "known": result.known,
                "older": result.older,
                "refused": refused,
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for each in refused[:SAID]:
            self.stdout.write(f"{each['row']}: {each['what']} {each['why']}")
        self.stdout.write(
            f"{', '.join(result.series)}: 新しい値 {result.new:,} / 変わった値 {result.changed:,} / "
            f"同じ値 {result.known:,} / 前の取得の値 {result.older:,} / 読めなかったもの {len(refused):,}"
        )
        if result.changed_nothing:
            self.stdout.write("どの値ももう入っています。何も変えていません。 / every figure was known")


def _wanted(options: dict[str, Any]) -> Wanted:
    only = options["series"][0] if len(options["series"]) == 1 else ""
    return Wanted(only, options["series_title"], options["unit"], options["frequency"], options["topic"])


def _source(actor: Actor, options: dict[str, Any], content: FileContent) -> Source:
    """Return the source named, or the one that the file names; make it where it is not known.

    What the secretariat keeps is for all wards, what a ward keeps is its own until it says otherwise.
    """
    code = options["source"] or content.source_code
    if not code:
        raise CommandError("--source で出典のコードを書いてください / name the source by its code")
    known: Source | None = (
        Source.objects.visible_to(actor).filter(code=code).select_related("organisation").first()
    )
    if known is not None:
        return known
    keeper = Organisation.objects.filter(code=options["organisation"]).first()
    if keeper is None:
        raise CommandError(
            f"団体コード {options['organisation']} はありません / no organisation has this code"
        )
    facts = SourceFacts(
        code=code,
        title=options["title"] or content.source_title,
        publisher=options["publisher"] or content.publisher,
        address=options["address"],
        licence=options["licence"],
        licence_text=options["licence_text"],
        visibility=Visibility.OWN if keeper.is_ward else Visibility.WARDS,
    )
    if not (facts.title and facts.publisher):
        raise CommandError(
            f"出典「{code}」はまだありません。--title と --publisher を書くと、つくって取り込みます。"
            " / the source is not known; give --title and --publisher to make it"
        )
    return save_source(actor, organisation=keeper, facts=facts)
