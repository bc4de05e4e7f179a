"""Contradictions between moments in sentences: what is wrong, with which time, what to do."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from yui.security.soc.engine.incidents import (
    BeforeRound,
    Contradiction,
    InFuture,
    Moment,
    NotLatest,
    OutOfOrder,
    Repeated,
    RoundEnded,
    RoundNotReopened,
    TooLongAgo,
    UntilBeforeAt,
)
from yui.security.soc.models import MomentKind


def sentences(found: Iterable[Contradiction]) -> list[str]:
    """Return one sentence for each contradiction."""
    return [sentence(each) for each in found]


def sentence(found: Contradiction) -> str:
    """Return what is wrong and what to do about it."""
    words = {"kind": _label(found.moment), "at": _clock(found.moment.at)}
    match found:
        case InFuture():
            return _("「%(kind)s」の日時(%(at)s)はまだ来ていません。") % words
        case TooLongAgo():
            return _("「%(kind)s」の日時(%(at)s)が古すぎます。年を確かめてください。") % words
        case UntilBeforeAt():
            return _("推定の終わりは始まり(%(at)s)より後にしてください。") % words
        case OutOfOrder(first=first, second=second):
            return _(
                "「%(first)s」(%(first_at)s)は「%(second)s」(%(second_at)s)より後にはなりません。"
                "どちらかの日時を確かめてください。"
            ) % {
                "first": _label(first),
                "first_at": _clock(first.until or first.at),
                "second": _label(second),
                "second_at": _clock(second.at),
            }
        case Repeated(standing=standing):
            return _(
                "「%(kind)s」は%(at)sでもう記録されています。直すときは「訂正する」を使ってください。"
            ) % {
                "kind": words["kind"],
                "at": _clock(standing.at),
            }
        case NotLatest():
            return (
                _("「%(kind)s」の記録はもう訂正されています。画面を開き直して、今の記録を訂正してください。")
                % words
            )
        case RoundEnded(ending=ending):
            return _("この回は「%(kind)s」(%(at)s)で終わっています。") % {
                "kind": _label(ending),
                "at": _clock(ending.at),
            }
        case RoundNotReopened():
            return _("前の回が終わっていないため、「%(kind)s」は記録できません。") % words
        case BeforeRound(ending=ending):
            return _("「%(kind)s」は前の回の終わり(%(at)s)より後にしてください。") % {
                "kind": words["kind"],
                "at": _clock(ending.at),
            }
    return _("封じ込めの日時がないため、終えられません。先に「封じ込め完了」を記録してください。")


def _label(moment: Moment) -> str:
    return str(MomentKind(moment.kind.value).label)


def _clock(at: datetime) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}"
