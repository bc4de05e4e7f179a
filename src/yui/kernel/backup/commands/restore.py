"""``yui restore FILE``: put an archive's state in place of this installation's."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from yui.kernel.backup.commands.backup import summary
from yui.kernel.backup.errors import BackupError
from yui.kernel.backup.restoring import restore_backup


class Command(BaseCommand):
    """Restores an archive: all of it, or nothing."""

    help = "バックアップから復元する(先にサーバーを止める) / Restore an archive (stop the server first)"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the archive and the two choices."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="replace the records that are here")
        parser.add_argument(
            "--with-secrets", action="store_true", help="also take over the archive's secret key"
        )

    def handle(self, *args: Any, file: Path, replace: bool, with_secrets: bool, **options: Any) -> None:
        """Restore and say what now stands."""
        try:
            report = restore_backup(file, replace=replace, with_secrets=with_secrets)
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(_("復元しました。検査値と台帳を確かめました。"))
        self.stdout.write(summary(report.manifest))
        if report.restored_secret:
            self.stdout.write(_("秘密鍵も戻しました。Yuiを起動し直してください。"))
        elif not report.manifest.has_secret:
            self.stdout.write(
                _("秘密鍵は戻していません。認証サービスの秘密の値は、入れ直しが必要なことがあります。")
            )
        self.stdout.write(_("検索の索引は、次の検索または `yui search rebuild` で作り直します。"))
