"""``yui backup FILE``: write an archive, or prove one."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from yui.kernel.backup.errors import BackupError
from yui.kernel.backup.manifest import FILES, LAKE, Manifest
from yui.kernel.backup.restoring import verify_backup
from yui.kernel.backup.writing import write_backup


def summary(manifest: Manifest) -> str:
    """Return what an archive holds, one thing a line."""
    entries = sum(length for length, _head in manifest.ledger.values())
    lines = [
        _("作成: {made_at} (Yui {yui}, {vendor})").format(
            made_at=manifest.made_at, yui=manifest.yui, vendor=manifest.vendor
        ),
        _("データベース: {tables}表、{rows:,}行").format(
            tables=len(manifest.rows), rows=sum(manifest.rows.values())
        ),
        _("データファイル: {count:,}個、{size:,}バイト").format(
            count=len(manifest.names_below(LAKE)), size=manifest.size_below(LAKE)
        ),
        _("添付ファイル: {count:,}個、{size:,}バイト").format(
            count=len(manifest.names_below(FILES)), size=manifest.size_below(FILES)
        ),
        _("台帳: {chains}本、{entries:,}件").format(chains=len(manifest.ledger), entries=entries),
        _("秘密鍵: あり") if manifest.has_secret else _("秘密鍵: なし"),
    ]
    return "\n".join(lines)


class Command(BaseCommand):
    """Writes everything into one archive, or proves an archive."""

    help = "全体のバックアップを1つのファイルに書く / Write everything into one archive"

    # A backup must be possible whatever else is wrong with the installation.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the archive and the two choices."""
        parser.add_argument("file", type=Path, help="the archive to write (or, with --verify, to prove)")
        parser.add_argument("--verify", action="store_true", help="prove every checksum of an archive")
        parser.add_argument("--with-secrets", action="store_true", help="also keep the secret key")

    def handle(self, *args: Any, file: Path, verify: bool, with_secrets: bool, **options: Any) -> None:
        """Write or prove the archive and say what it holds."""
        try:
            if verify:
                manifest = verify_backup(file)
                self.stdout.write(_("すべての検査値が一致しました。"))
            else:
                manifest = write_backup(file, with_secrets=with_secrets)
                self.stdout.write(_("バックアップを書きました: {file}").format(file=file))
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(summary(manifest))
