"""``yui search``."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from yui.kernel.links import kind_and_id
from yui.kernel.policy import Actor
from yui.kernel.search.engine.store import IndexBusy
from yui.kernel.search.public import IndexState, SearchHit, SearchResults, rebuild, search
from yui.organisations.actors import actor_of
from yui.organisations.lock_out import account_named

MOST = 1000


class Command(BaseCommand):
    """Prints the records that match a question."""

    help = (
        "検索する。`yui search rebuild` は索引の作り直し、`yui search update` は変わった記録の反映 / "
        "search; `rebuild` and `update` keep the index, `-- rebuild` searches for the word"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the question, for whom it is asked, and how many records are wanted."""
        parser.add_argument("query", metavar="QUERY", help="さがす言葉 / what to look for")
        parser.add_argument(
            "--as",
            dest="reader",
            default="",
            metavar="USER",
            help="この職員IDの人に見えるものだけ。なければ全件(この機械の運用者) / "
            "only what this person may see; without it everything, as the operator of this machine",
        )
        parser.add_argument("--limit", type=int, default=10, metavar="N", help=f"1–{MOST}")
        parser.add_argument("--json", action="store_true", help="one JSON array")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the records, best first."""
        limit = min(max(1, options["limit"]), MOST)
        hits = _hits(_reader(options["reader"]), options["query"], limit)
        if options["json"]:
            self.stdout.write(json.dumps([_row(hit) for hit in hits], ensure_ascii=False))
            return
        for hit in hits:
            self.stdout.write(f"{hit.urn}\t{hit.title}\n\t{hit.excerpt}")


def _reader(username: str) -> Actor:
    if not username:
        return Actor.system("command line")
    person = account_named(username)
    if person is None:
        raise CommandError(f"この職員IDの人はいません / nobody is called {username}")
    return actor_of(person)


def _hits(reader: Actor, text: str, limit: int) -> list[SearchHit]:
    """Return the first ``limit`` records; a missing index is built first, however long that takes."""
    results = search(reader, text)
    if results.state is IndexState.PREPARING:
        try:
            rebuild()
        except IndexBusy as busy:
            raise CommandError("ほかの処理が索引を作っています / another process builds the index") from busy
        results = search(reader, text)
    hits = list(_ready(results).hits)
    while len(hits) < limit and results.page < results.pages:
        results = _ready(search(reader, text, page=results.page + 1))
        hits += results.hits
    return hits[:limit]


def _ready(results: SearchResults) -> SearchResults:
    if results.state is not IndexState.READY:
        raise CommandError(
            "索引を読めません。`yui search rebuild` で作り直してください / "
            "the index cannot be read: build it anew with `yui search rebuild`"
        )
    return results


def _row(hit: SearchHit) -> dict[str, Any]:
    return {
        "kind": hit.kind,
        "id": kind_and_id(hit.urn)[1],
        "title": hit.title,
        "score": round(hit.score, 4),
        "snippet": hit.excerpt,
    }
