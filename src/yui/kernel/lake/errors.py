"""What can go wrong with the lake, each with what to do about it."""

from pathlib import Path

from django.utils.translation import gettext as _


class LakeError(Exception):
    """Something about the lake that a person must know."""


class LakeWriteFailed(LakeError):
    """A file could not be written; nothing of it became visible."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(
            _(
                "データの保存先に書き込めませんでした({reason})。何も取り込まれていません。"
                "空き容量と書き込みの権限を確かめてから、もう一度取り込んでください。"
            ).format(reason=reason)
        )


class LakeFileMissing(LakeError):
    """The manifest names a file that cannot be read."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _(
                "保存したデータのファイルを読めません({reason})。"
                "yui lake verify で調べ、バックアップから戻してください。"
            ).format(reason=reason)
        )


class LakeQueryTooLong(LakeError):
    """A query was stopped because it took longer than its reader wanted to wait."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(
            _("{seconds}秒以内に終わらなかったので止めました。期間や条件を狭めてください。").format(
                seconds=f"{seconds:g}"
            )
        )


class LakeQueryTooLarge(LakeError):
    """A query was stopped because it needed more memory than the lake may use."""

    def __init__(self) -> None:
        super().__init__(
            _("使えるメモリーに収まらないので止めました。期間、条件、集計の項目を減らしてください。")
        )


class SparkUnavailable(LakeError):
    """Spark cannot be started here."""

    def __init__(self, missing: str) -> None:
        super().__init__(
            _(
                "Spark を使えません({missing} がありません)。yui-platform[spark] と Java 17 以上を入れるか、"
                "Spark を使わない処理にしてください(--engine duckdb)。"
            ).format(missing=missing)
        )


class UnknownDataset(LakeError):
    """No room has registered a dataset of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no dataset named {name!r} is registered")


class UnsafeName(LakeError):
    """A name that would become part of a path holds characters that a path must not hold."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} cannot be part of a lake path")
