"""What can go wrong with a file, each said in words that name the place and the remedy."""

from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

Text = str | Promise
"""A message, perhaps translated only when shown."""


def in_both_languages(text: Text) -> dict[str, str]:
    """Return a message in Japanese and English, so that a stored message reads in either."""
    both = {}
    for language in ("ja", "en"):
        with override(language):
            both[language] = str(text)
    return both


class ExchangeError(Exception):
    """A refusal that the person who sent the file can act on.

    Attributes:
        message: what is wrong and where.
        remedy: what to do about it.
    """

    message: Text = _("ファイルを読めませんでした。")
    remedy: Text = _("ファイルを開いて内容を確かめ、もう一度お試しください。")

    def __init__(self, message: Text | None = None, remedy: Text | None = None) -> None:
        self.message = self.message if message is None else message
        self.remedy = self.remedy if remedy is None else remedy
        super().__init__(message)

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"

    def as_json(self) -> dict[str, dict[str, str]]:
        """Return both texts in both languages, for storing."""
        return {"message": in_both_languages(self.message), "remedy": in_both_languages(self.remedy)}


class FileRefused(ExchangeError):
    """The file as a whole cannot be taken in."""


class EmptyFile(FileRefused):
    """The file holds nothing."""

    message = _("ファイルが空です。")
    remedy = _("見出しの行とデータの行があるファイルを選んでください。")


class UnknownFormat(FileRefused):
    """The bytes are no table that we read."""

    message = _("表のファイルではありません。")
    remedy = _("CSV、TSV、XLSX、XLS のいずれかで保存し直してください。")


class DamagedFile(FileRefused):
    """The file breaks off or contradicts itself."""

    message = _("ファイルが壊れています。")
    remedy = _("元のソフトで開いて保存し直してから、もう一度選んでください。")


class EncryptedWorkbook(FileRefused):
    """The workbook is locked by a password."""

    message = _("パスワードで保護されたブックは読めません。")
    remedy = _("Excel で開き、パスワードを外して保存し直してください。")


class UnreadableText(FileRefused):
    """The bytes belong to no character encoding that we read."""

    remedy = _("「CSV UTF-8」で保存し直してください。")

    def __init__(self, line: int) -> None:
        super().__init__(
            format_lazy(_("{line}行目の文字を読めません。文字コードが分かりません。"), line=line)
        )


class FileTooLarge(FileRefused):
    """The file passes the size that we take."""

    remedy = _("年度や月で分けて、いくつかのファイルにしてください。")

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(
            format_lazy(
                _("ファイルが大きすぎます({size}MB)。上限は {limit}MB です。"),
                size=-(-size // 2**20),
                limit=limit // 2**20,
            )
        )


class ExpandsTooMuch(FileRefused):
    """A compressed file that would fill the machine when opened."""

    message = _("圧縮を解くと異常に大きくなるファイルなので、開くのをやめました。")
    remedy = _("圧縮していない CSV で保存し直してください。")


class TooManyCells(FileRefused):
    """A worksheet whose used range is too wide to hold in memory."""

    remedy = _("使っていない行と列を削除するか、CSV で保存し直してください。")

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__(
            format_lazy(_("シートの範囲が広すぎます({rows}行 × {columns}列)。"), rows=rows, columns=columns)
        )


class LineTooLong(FileRefused):
    """A line without an end, or a quotation mark that never closes."""

    remedy = _('その行の改行と引用符(")を確かめてください。')

    def __init__(self, row: int) -> None:
        super().__init__(format_lazy(_("{row}行目が長すぎるか、引用符が閉じていません。"), row=row))


class SheetNotFound(FileRefused):
    """The named sheet is not in the workbook."""

    def __init__(self, sheet: str, sheets: tuple[str, ...]) -> None:
        super().__init__(
            format_lazy(_("シート「{sheet}」がありません。"), sheet=sheet),
            format_lazy(_("次の中から選んでください: {sheets}"), sheets="、".join(sheets)),
        )


class MissingColumns(FileRefused):
    """Required columns that no heading matches."""

    def __init__(self, titles: list[str], found: list[str]) -> None:
        super().__init__(
            format_lazy(_("必要な列がありません: {titles}"), titles="、".join(titles)),
            format_lazy(
                _("見出しを直すか、ひな形を使ってください。見つかった見出し: {found}"),
                found="、".join(found) or "—",
            ),
        )


class RepeatedColumn(FileRefused):
    """Two columns mean the same thing."""

    remedy = _("どちらか一つの列を削除してください。")

    def __init__(self, title: str, first: str, second: str) -> None:
        super().__init__(
            format_lazy(
                _("「{title}」に当たる列が二つあります: {first}、{second}"),
                title=title,
                first=first,
                second=second,
            )
        )


class StorageFull(ExchangeError):
    """The disk has no room for the file."""

    message = _("保存先の空きが足りないため、ファイルを保存できませんでした。何も変わっていません。")
    remedy = _("管理者に空き容量の確保を頼んでから、もう一度お試しください。")


class StorageLost(ExchangeError):
    """The kept file is gone or changed since it was stored."""

    message = _("保存したファイルが見つからないか、内容が変わっています。")
    remedy = _("もう一度ファイルを選んで取り込みをやり直してください。")


class DatabaseUnavailable(ExchangeError):
    """The database broke off during the work, which was rolled back."""

    message = _("データベースとの接続が切れたため、取り込みを取り消しました。何も変わっていません。")
    remedy = _("しばらく待ってから「もう一度」を押してください。")


class AlreadyApplied(ExchangeError):
    """The same bytes were taken in before for the same organisation."""

    remedy = _("内容を直したファイルを選ぶか、取り込み済みの結果を確かめてください。")

    def __init__(self, when: str, run_id: int) -> None:
        self.run_id = run_id
        super().__init__(
            format_lazy(_("同じファイルは {when} に取り込み済みです。何も変えていません。"), when=when)
        )


class RowsHaveErrors(ExchangeError):
    """Rows with errors stand in the way of applying the file."""

    remedy = _("誤りを直したファイルを選び直すか、誤りのある行を除いて取り込んでください。")

    def __init__(self, count: int) -> None:
        super().__init__(
            format_lazy(_("誤りのある行が {count} 行あります。何も変えていません。"), count=count)
        )


class WrongState(ExchangeError):
    """The run is not in a state in which this can be done."""

    remedy = _("取り込みの一覧で状態を確かめてください。")

    def __init__(self, state: Any) -> None:
        super().__init__(format_lazy(_("この取り込みは「{state}」なので、実行できません。"), state=state))


class UnknownImporter(ExchangeError):
    """No importer has this code."""

    def __init__(self, code: str, known: list[str]) -> None:
        super().__init__(
            format_lazy(_("取り込みの種類「{code}」はありません。"), code=code),
            format_lazy(_("次の中から選んでください: {known}"), known="、".join(known)),
        )
