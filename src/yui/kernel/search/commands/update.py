"""``yui search update``: fold in what changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from yui.kernel.search.engine.store import IndexBusy
from yui.kernel.search.indexing import update


class Command(BaseCommand):
    """Folds changed records into the search index."""

    help = "検索の索引に、変わった記録を反映する / Fold changed records into the search index"

    def handle(self, *args: Any, **options: Any) -> None:
        """Update the index and say what was done."""
        try:
            report = update()
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
        if report.is_rebuild:
            self.stdout.write(_("索引を作りました: {written}件").format(written=report.written))
        else:
            self.stdout.write(
                _("索引を更新しました: 書き込み{written}件、削除{removed}件").format(
                    written=report.written, removed=report.removed
                )
            )
