"""Why a provider's bill is refused whole, and what to do about it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from yui.transition.costs.formats.errors import BillRefused


class NotProviderBill(BillRefused):
    """The columns are those of no provider that has a conversion table."""

    def __init__(self) -> None:
        super().__init__(
            _("AWS・Azure・Google Cloud・OCI・さくらのクラウドの請求の列が見つかりません。"),
            _("それぞれの請求の書き出しを、列を変えずに選んでください。"),
        )


class OtherProvider(BillRefused):
    """The file is another provider's than the one named."""

    def __init__(self, named: str, found: str) -> None:
        super().__init__(
            _("{named} の請求ではありません({found} の列です)。").format(named=named, found=found),
            _("種類を「自動で見分ける」にするか、正しい種類を選んでください。"),
        )


class JsonRefused(BillRefused):
    """A JSON text is damaged, or says something that no bill says."""

    def __init__(self, place: int, reason: str) -> None:
        self.place, self.reason = place, reason
        super().__init__(
            _("{place} 行目の JSON を読めません({reason})。").format(place=place, reason=reason),
            _("請求の書き出しをもう一度取得し、そのまま選んでください。"),
        )


class JsonTooLarge(BillRefused):
    """One JSON document is larger than is held in memory."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _("一つの JSON が大きすぎます(上限 {most} MB)。").format(most=most >> 20),
            _("一行に一件の JSON(JSON Lines)で書き出してください。"),
        )


class DetailsWithoutBill(BillRefused):
    """Details of a Sakura Cloud bill came without the bill, which alone says whose and when it is."""

    def __init__(self) -> None:
        super().__init__(
            _("さくらのクラウドの明細(BillDetails)に、請求(Bills)が付いていません。"),
            _("請求の答えと明細の答えを、一つのファイルに続けて入れてください。"),
        )


class DetailsOfSeveralBills(BillRefused):
    """It cannot be told to which bill details belong."""

    def __init__(self, numbers: Sequence[str]) -> None:
        super().__init__(
            _("明細がどの請求のものか分かりません(請求: {numbers})。").format(
                numbers=", ".join(list(numbers)[:5])
            ),
            _("請求一件とその明細を、一つのファイルにしてください。"),
        )
