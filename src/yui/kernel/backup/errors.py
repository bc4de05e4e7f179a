"""What can keep a backup or a restore from happening; each says what to do."""

from pathlib import Path

from django.utils.translation import gettext as _


class BackupError(Exception):
    """A backup or restore was refused or given up; the message is for the person who asked."""


class TargetExists(BackupError):
    """The file to be written is already there."""

    def __init__(self, path: Path) -> None:
        super().__init__(_("{path} は、もうあります。別の名前を指定してください。").format(path=path))


class WriteFailed(BackupError):
    """The disk refused."""

    def __init__(self, path: Path | str, problem: str) -> None:
        super().__init__(
            _("{path} に書けません: {problem}。ディスクの空きと権限を確かめてください。").format(
                path=path, problem=problem
            )
        )


class SpaceMissing(BackupError):
    """There is not enough room for what the archive holds."""

    def __init__(self, path: Path, needed: int, free: int) -> None:
        super().__init__(
            _(
                "{path} の空きが足りません。必要: {needed:,} MB、空き: {free:,} MB。何も変えていません。"
            ).format(path=path, needed=needed // 2**20 + 1, free=free // 2**20)
        )


class AlreadyRunning(BackupError):
    """Another backup or restore is at work on this installation."""

    def __init__(self) -> None:
        super().__init__(
            _("ほかのバックアップまたは復元が動いています。終わってから、もう一度実行してください。")
        )


class LakeIncomplete(BackupError):
    """A file that the database names is not in the lake as it was published."""

    def __init__(self, path: str) -> None:
        super().__init__(
            _(
                "データファイル {path} がないか、内容が変わっています。バックアップを中止しました。"
                "`yui lake verify` で調べ、前のバックアップから戻してください。"
            ).format(path=path)
        )


class ArchiveUnreadable(BackupError):
    """The file is no archive of Yui, or a broken one."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(
            _("{path} は、Yuiのバックアップとして読めません: {problem}。別の控えを使ってください。").format(
                path=path, problem=problem
            )
        )


class MemberDamaged(BackupError):
    """A part of the archive is not what was written."""

    def __init__(self, member: str, problem: str) -> None:
        super().__init__(
            _(
                "バックアップが壊れています({member}: {problem})。何も変えていません。"
                "別の控えを使ってください。"
            ).format(member=member, problem=problem)
        )


class VersionDiffers(BackupError):
    """The archive's tables are not this version's tables."""

    def __init__(self, made_with: str, running: str, difference: str) -> None:
        super().__init__(
            _(
                "このバックアップはYui {made_with} のもので、今のYui {running} と"
                "表の形が違います({difference})。"
                "Yui {made_with} を入れて復元し、そのあと更新してください。"
            ).format(made_with=made_with, running=running, difference=difference)
        )


class NotEmpty(BackupError):
    """There is something here that a restore would replace."""

    def __init__(self, found: str) -> None:
        super().__init__(
            _(
                "この環境には、すでに記録があります({found})。置き換えてよければ --replace を付けてください。"
                "先に `yui backup` で控えを取ることを勧めます。"
            ).format(found=found)
        )


class DatabaseFailed(BackupError):
    """The database cannot be reached or read."""

    def __init__(self, problem: object) -> None:
        super().__init__(
            _(
                "データベースを使えません: {problem}。接続と、`yui migrate` が済んでいることを"
                "確かめてください。何も変えていません。"
            ).format(problem=str(problem).strip())
        )


class LoadFailed(BackupError):
    """The database refused a row, or the ledger does not hold; the old state stands."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(
            _("復元を取りやめ、元の状態に戻しました({place}: {problem})。").format(
                place=place, problem=problem
            )
        )
