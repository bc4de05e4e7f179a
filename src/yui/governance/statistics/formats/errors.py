"""Why a file of statistics is refused as a whole, each in words that name the place and the remedy."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yui.kernel.exchange.errors import FileRefused


class NotJson(FileRefused):
    """The text is no JSON, or JSON of another layout."""

    message = _("e-StatのAPIが返すJSONではありません。")
    remedy = _("「統計データ取得」(getStatsData)の結果を、JSONのまま保存したファイルを選んでください。")


class EstatSaysNo(FileRefused):
    """The answer of e-Stat is an error, told in its own words."""

    remedy = _("e-Statの検索条件とアプリケーションIDを確かめて、もう一度取得してください。")

    def __init__(self, status: str, said: str) -> None:
        super().__init__(
            format_lazy(
                _("e-Statの応答がエラーです(STATUS {status}): {said}"), status=status, said=said or "—"
            )
        )


class NoFigures(FileRefused):
    """The file names no area with a figure in a period."""

    message = _("地域と期間のある値が見つかりません。")
    remedy = _(
        "「地域」「期間」「値」の列がある表か、地域を行に、期間を列に並べた表にしてください。"
        "例は手引きの「公的統計」にあります。"
    )


class HeadingsMissing(FileRefused):
    """Figures stand in a column without a heading, so that nobody can tell their period or area."""

    remedy = _("見出しを1行にまとめ、値のあるすべての列に期間か地域の見出しを付けてください。")

    def __init__(self, row: int) -> None:
        super().__init__(format_lazy(_("{row}行目: 見出しのない列に値があります。"), row=row))


class TooManyFigures(FileRefused):
    """The file holds more figures than can be compared with the store at once."""

    remedy = _("系列や期間で分けて、いくつかのファイルにしてください。")

    def __init__(self, most: int) -> None:
        super().__init__(format_lazy(_("値が多すぎます。1つのファイルで{most}個までです。"), most=most))
