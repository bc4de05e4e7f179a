"""What is missing where the ratio of costs to expenditure has no figure."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import Period
from yui.kernel.measures.values import MeasureScope
from yui.kernel.scope.models import Organisation
from yui.transition.costs.queries.ratio import AS_BILLED, Basis, open_book

MOST_NAMED = 5


def what_ratio_lacks(scope: MeasureScope, period: Period, basis: Basis = AS_BILLED) -> Iterator[str]:
    """Say which bills, exchange rates and totals of expenditure a figure waits for, each with the remedy."""
    book = open_book([scope], [period], basis)
    names = {found.code: found.name for found in Organisation.objects.all()}
    codes = [scope.organisation.code] if scope.organisation is not None else sorted(book.wards)
    ratios = {code: book.of_organisation(code, period.months) for code in codes}
    billed = {code: ratio for code, ratio in ratios.items() if ratio.months}
    if not billed:
        yield _("この期間の請求がありません。「運用コスト」の画面で請求か支出台帳を取り込んでください。")
        return
    missing = {pair for ratio in billed.values() for pair in ratio.cost.missing}
    if missing and basis.base_rates is not None:
        yield _(
            "基準の為替レートがありません({rates})。比率の定義に、基準にするレートを入れてください。"
        ).format(rates=_listed(sorted({currency for currency, _month in missing})))
    elif missing:
        rates = [f"{currency} {month}" for currency, month in sorted(missing)]
        yield _("為替レートがありません({rates})。「為替レート」の画面で入れてください。").format(
            rates=_listed(rates)
        )
    without = [names[code] for code, ratio in billed.items() if ratio.lacks_total]
    if without:
        yield _("歳出総額がありません({organisations})。決算統計か予算の表を取り込んでください。").format(
            organisations=_listed(without)
        )


def _listed(words: list[str]) -> str:
    """Name the first few, and say how many more there are."""
    named = "、".join(words[:MOST_NAMED])
    more = len(words) - MOST_NAMED
    return _("{named} ほか{more}件").format(named=named, more=more) if more > 0 else named
