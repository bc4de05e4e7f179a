"""What a reader should know of a provider's bill although nothing was refused, in words."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

SHOWN = 15


def left_out_note(names: Sequence[str], used: int) -> str:
    """Say which columns have no place in FOCUS and were not taken over."""
    shown = ", ".join(names[:SHOWN]) + ("…" if len(names) > SHOWN else "")
    return _("{used} 列を FOCUS の列にしました。写さなかった列は {count} 列です: {names}。").format(
        used=used, count=len(names), names=shown
    )


def unknown_types_note(counts: Mapping[str, int]) -> str:
    """Say which kinds of charges the table does not know; their rows are Adjustment."""
    words = ", ".join(f"{word}({count})" for word, count in list(counts.items())[:SHOWN])
    return _("対応表にない種類の行を「調整」(Adjustment)にしました: {words}。").format(words=words)


def unknown_services_note(count: int) -> str:
    """Say how many rows have a service whose category the table does not know."""
    return _("サービスの分類が対応表にない行が {count} 行あり、分類を Other にしました。").format(count=count)


def split_note(name: str, count: int) -> str:
    """Say how many rows were added because one row of the file says two things."""
    if name == "credit":
        return _("クレジットを別の行にしました: {count} 行。").format(count=count)
    return _("使われなかった予約・節約プランの分を別の行にしました: {count} 行。").format(count=count)


def negation_note(difference: str) -> str:
    """Say that usage covered by Savings Plans and what takes its price back do not cancel out."""
    return _(
        "Savings Plan で賄われた利用の定価と、それを打ち消す行が {amounts} だけ違います。"
        "月の途中の書き出しかもしれません。この差は請求額に入れていません。"
    ).format(amounts=difference)


def bought_commitments_note(amounts: str) -> str:
    """Say that an actual export does not spread what commitments cost."""
    return _(
        "予約・節約プランの購入({amounts})は実効額に入っていません。"
        "償却した額は「償却済みコスト」の書き出しか FOCUS の書き出しにあります。"
    ).format(amounts=amounts)


def amortised_note(amounts: str) -> str:
    """Say that an amortised export does not hold what was invoiced for commitments."""
    return _(
        "償却済みコストの書き出しです。予約・節約プランで賄われた {amounts} は実効額だけに入れました。"
        "購入の請求額は「実際のコスト」の書き出しか FOCUS の書き出しにあります。"
    ).format(amounts=amounts)


def absent_columns_note(names: Sequence[str]) -> str:
    """Say which columns are absent without which the effective cost of commitments is not known."""
    return _("予約・節約プランの償却の列がないので、その行の実効額は請求の列のままです: {names}。").format(
        names=", ".join(names)
    )


def corrections_note(count: int) -> str:
    """Say how many rows correct others."""
    return _("訂正の行が {count} 行あります。").format(count=count)
