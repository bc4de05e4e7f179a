"""How a result is written: one place for shares, weights, orders, and the sentences that read them."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yui.governance.priorities.engine.robustness import Flip, Interval
from yui.governance.priorities.models import Criterion, Option
from yui.governance.priorities.queries.result import Result

SURE, LIKELY = 0.9, 0.6
"""Shares of the weight space from which a first place is called firm, and fairly firm."""


def percent(share: float | None, places: int = 1) -> str:
    """Return a share as a percentage; a dash where there is none."""
    return "—" if share is None else f"{share * 100:.{places}f}%"


def points(share: float) -> str:
    """Return a moved weight in percentage points."""
    return _("%(points)sポイント") % {"points": f"{share * 100:.1f}"}


def order_text(options: Iterable[Option]) -> str:
    """Return an order by the options' signs: ``③ > ① > ②``."""
    return " > ".join(sign(option) for option in options)


def sign(option: Option) -> str:
    """Return a pillar's number as it is written everywhere, any other option's code."""
    return "①②③"[int(option.code) - 1] if option.code in ("1", "2", "3") else option.code


def interval_text(interval: Interval | None) -> str:
    """Return the weights from which to which, in percent."""
    if interval is None:
        return _("どこでも成り立たない")
    return f"{percent(interval.low)}〜{percent(interval.high)}"


def flip_text(option: Option, flip: Flip, criteria: Sequence[Criterion], weights: Sequence[float]) -> str:
    """Say which weights have to move how far for another option to draw level."""
    if flip.change < 1e-9:
        return _("%(option)sは、いまの重みで1位と並んでいます。") % {"option": sign(option)}
    steps = list(zip(criteria, weights, flip.weights, strict=True))
    down = [f"{each.title}({percent(old)}→{percent(new)})" for each, old, new in steps if new < old - 5e-4]
    up = [f"{each.title}({percent(old)}→{percent(new)})" for each, old, new in steps if new > old + 5e-4]
    return _("重みを%(points)s動かすと、%(option)sが1位に並びます: %(down)sを下げ、%(up)sを上げる。") % {
        "points": points(flip.change),
        "option": sign(option),
        "down": "、".join(down),
        "up": "、".join(up),
    }


def firmness(share: float) -> str:
    """Return in a word how firm a first place is."""
    if share >= SURE:
        return _("堅い")
    return _("まずまず堅い") if share >= LIKELY else _("重みしだい")


def paragraph(result: Result) -> list[str]:
    """Return the result in plain sentences, made from the figures."""
    first = result.first
    name = {"option": sign(first.option), "title": first.option.title}
    told = [
        _("いまの重みでは %(order)s の順です。") % {"order": order_text(o.option for o in result.options)}
    ]
    told.append(
        _("%(option)s(%(title)s)が1位となる重みの割合は%(share)sです(%(firmness)s)。")
        % {**name, "share": percent(first.first_share), "firmness": firmness(first.first_share)}
    )
    likeliest = max(result.options, key=lambda each: each.first_share)
    if likeliest.first_share > first.first_share:
        told.append(
            _("重みを決めずに見ると、%(option)sのほうが1位になりやすく、%(share)sです。")
            % {"option": sign(likeliest.option), "share": percent(likeliest.first_share)}
        )
    if result.order_share is not None:
        told.append(
            _("この順位がそのまま成り立つ重みの割合は%(share)sです。")
            % {"share": percent(result.order_share)}
        )
    if first.with_uncertainty is not None:
        told.append(
            _("点数の幅も考えに入れると、1位の割合は%(share)sです。")
            % {"share": percent(first.with_uncertainty)}
        )
    told += _about_flip(result)
    told += _about_methods(result)
    return told + _about_wards(result)


def _about_flip(result: Result) -> list[str]:
    if not result.flips:
        return [_("ほかの選択肢は、どの重みでも1位になりません。")]
    option, flip = result.flips[0]
    return [flip_text(option, flip, result.table.criteria, result.weights)]


def _about_methods(result: Result) -> list[str]:
    others = [
        name
        for name, rank in (("TOPSIS", result.first.topsis), ("PROMETHEE II", result.first.promethee))
        if rank > 1
    ]
    if not others:
        return [_("ほかの方法(TOPSIS、PROMETHEE II)でも1位は同じです。")]
    return [_("%(methods)sでは1位が変わります。") % {"methods": "、".join(others)}]


def _about_wards(result: Result) -> list[str]:
    count = len(result.weightings)
    if not count:
        return [_("重みを入れた区はまだありません。どの観点も同じ重みで計算しています。")]
    told = [
        ngettext("%(count)s区が重みを入れました。", "%(count)s区が重みを入れました。", count)
        % {"count": count}
    ]
    if result.agreement is not None:
        told.append(_("区どうしの一致度(ケンドールのW)は%(w)sです。") % {"w": f"{result.agreement:.2f}"})
    names = [each.weighting.name for each in result.dissenting]
    if names:
        told.append(_("%(wards)sの重みでは順位が変わります。") % {"wards": "、".join(names)})
    else:
        told.append(_("どの区の重みでも順位は同じです。"))
    return told


def no_font_text() -> str:
    """Return what to do on a machine that has no font for the PDF."""
    return _(
        "PDFをつくるための日本語フォントがこの機械にありません。"
        "Noto Sans CJK JP(Debianなら `apt install fonts-noto-cjk`)を入れてから、"
        "もう一度つくってください。"
    )
