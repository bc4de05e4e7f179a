"""The words of a report's paper, kept in its content: the same edition reads the same for ever."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def paper_words(*, is_annual: bool) -> dict[str, str]:
    """Return the headings and small words of a report in the reader's language."""
    return {
        "change": pgettext("report", "前年度比") if is_annual else _("前月比"),
        "changes": _("変化と理由"),
        "code": _("コード"),
        "council": _("協議会"),
        "decisions": _("決めてほしいこと"),
        "indicator": _("指標"),
        "link": _("くわしく"),
        "median": _("23区の中央値"),
        "month": _("月"),
        "no_decisions": _("決めてほしいことはありません。"),
        "no_indicators": _("この報告には指標がありません。"),
        "nothing": _("とくにありません。"),
        "outlook": _("見通し"),
        "page": _("ページ"),
        "risks": _("危険"),
        "room": pgettext("report", "出どころ"),
        "silent": _("説明が得られなかったところ"),
        "status": _("状態"),
        "summary": _("まとめ"),
        "target": _("目標"),
        "text": _("文"),
        "topic": _("種類"),
        "trend": _("12か月の推移") if is_annual else _("36か月の推移"),
        "unit": _("単位"),
        "value": _("値"),
        "ward": _("区"),
        "wards": _("区ごとの値"),
        "year": _("前年同月比"),
    }
