"""Why a file of costs is refused whole, and what to do about it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from yui.kernel.exchange.errors import FileRefused


class BillRefused(FileRefused):
    """The file cannot be taken in; nothing of it was."""


class NotFocus(BillRefused):
    """The columns are not those of a FOCUS dataset."""

    def __init__(self) -> None:
        super().__init__(
            _("FOCUS の列(BilledCost、BillingPeriodStart など)が見つかりません。"),
            _("クラウドの請求画面から FOCUS 形式で書き出したファイルか確かめてください。"),
        )


class ColumnsMissing(BillRefused):
    """Columns are absent without which no figure can be worked out."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        super().__init__(
            _("必要な列がありません: {names}。").format(names=", ".join(self.names)),
            _("列を省かずに書き出し直してください。"),
        )


class ColumnTwice(BillRefused):
    """Two columns have the same name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("同じ名前の列が二つあります: {name}。").format(name=name),
            _("どちらが正しいか確かめ、一つにしてください。"),
        )


class NoGoodRow(BillRefused):
    """No row of the file could be read; ``problems`` says why."""

    def __init__(self, problems: Sequence[Any] = ()) -> None:
        self.problems = tuple(problems)
        super().__init__(
            _("取り込める行が一つもありません。"), _("行の誤りを直して、もう一度取り込んでください。")
        )


class UnclosedQuote(BillRefused):
    """A quotation mark is never closed, so what follows cannot be split into rows."""

    def __init__(self, row: int) -> None:
        super().__init__(
            _("{row} 行目の引用符が閉じていません。").format(row=row),
            _("その行の引用符を直すか、書き出し直してください。"),
        )


class UnreadableBill(BillRefused):
    """The bytes cannot be read as the kind of file that they seem to be."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("ファイルを読めません({reason})。").format(reason=reason),
            _("ファイルが途中で切れていないか確かめ、書き出し直してください。"),
        )


class KindNotRecognised(BillRefused):
    """Nothing that this room reads has such columns."""

    def __init__(self) -> None:
        super().__init__(
            _("何のファイルか分かりません。"),
            _(
                "FOCUS の請求、契約・支出台帳、歳出総額のどれかのファイルを選ぶか、"
                "種類を指定して取り込んでください。"
            ),
        )


class AmbiguousItem(BillRefused):
    """A statistical table holds several items and none of them is called 歳出総額."""

    def __init__(self, items: Iterable[str]) -> None:
        super().__init__(
            _("歳出総額の項目が見つかりません。項目: {items}。").format(items=", ".join(list(items)[:10])),
            _("e-Stat で「歳出総額」の項目だけを選んで書き出してください。"),
        )


class AmountTooLarge(BillRefused):
    """The sum of a month is larger than any bill can be."""

    def __init__(self, amount: str) -> None:
        super().__init__(
            _("1か月の合計が大きすぎます({amount})。").format(amount=amount),
            _("金額の桁と通貨を確かめ、書き出し直してください。"),
        )
