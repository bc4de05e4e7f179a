"""What is wrong with a row, or worth knowing of a file, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

LISTED_ERRORS = 1000


@dataclass(frozen=True)
class RowProblem:
    """One cell that cannot be taken.

    Attributes:
        row: number of the row, the heading being row 1.
        column: the column as the file names it, empty when the row as a whole is meant.
        value: the cell as written.
        message: what is wrong and what to do.
    """

    row: int
    column: str
    value: str
    message: str

    def as_json(self) -> dict[str, int | str]:
        """Return the problem for an answer in JSON."""
        return {"row": self.row, "column": self.column, "value": self.value[:200], "message": self.message}


def message_of(code: str) -> str:
    """Return what is wrong and what to do, for a code of ``problems_of`` or of DuckDB's reader."""
    return {
        "empty": _("値がありません。この列は必ず入れてください。"),
        "number": _("数として読めません。1234.56 のように半角の数字で書いてください。"),
        "time": _("日時として読めません。2026-04-01T00:00:00Z のように書いてください。"),
        "currency": _("通貨の記号ではありません。JPY や USD のように大文字3字で書いてください。"),
        "year": _("年が範囲の外です。2000年から2099年までの日時を書いてください。"),
        "TOO MANY COLUMNS": _("列の数が見出しより多い行です。区切りと引用符を確かめてください。"),
        "MISSING COLUMNS": _("列の数が見出しより少ない行です。行が途中で切れていないか確かめてください。"),
    }.get(code, _("行として読めません。引用符と文字コードを確かめてください。"))


def missing_columns_note(version: str, names: Sequence[str]) -> str:
    """Say which columns the standard demands and the file lacks."""
    return _("FOCUS {version} で必須の列がありません: {names}。集計には使わないので取り込みました。").format(
        version=version, names=", ".join(names)
    )


def empty_cells_note(name: str, count: int) -> str:
    """Say how many rows leave a demanded column empty."""
    return _(
        "{name} が空の行が {count} 行あります。FOCUS では必須ですが、集計には使わないので取り込みました。"
    ).format(name=name, count=count)


def own_columns_note(names: Sequence[str]) -> str:
    """Say which columns are none of the standard's."""
    return _("FOCUS にない列もそのまま残しました: {names}。").format(names=", ".join(names))
