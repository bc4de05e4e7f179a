"""``yui search rebuild``: build the index anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from yui.kernel.search.engine.store import IndexBusy
from yui.kernel.search.indexing import rebuild


class Command(BaseCommand):
    """Builds the search index from all records."""

    help = "検索の索引を作り直す / Build the search index anew"

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild the index and say how many records it holds."""
        try:
            report = rebuild()
        except IndexBusy as busy:
            raise CommandError(
                _("ほかの処理が検索の索引を更新しています。終わってから、もう一度実行してください。")
            ) from busy
        except (OSError, ValueError) as problem:
            raise CommandError(
                _("検索の索引を書けません。ディスクの空きと権限を確かめてください: {problem}").format(
                    problem=problem
                )
            ) from problem
        self.stdout.write(_("索引を作りました: {written}件").format(written=report.written))
