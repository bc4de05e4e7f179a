"""The report of an intake in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yui.people.commons.formats.imported import NOTES, Reason

WORDS = {
    Reason.NO_REPLIES: _("返信がない発言です(質問として取り込むには「返信のない発言も」を選びます)"),
    Reason.NO_ROOT: _("スレッドの最初の発言がありません"),
    Reason.SYSTEM: _("参加や設定変更のお知らせです"),
    Reason.BOT: _("アプリやボットの発言です"),
    Reason.DELETED: _("消された発言です"),
    Reason.PRIVATE: _("非公開のやりとりは取り込みません"),
    Reason.UNLISTED: _("公開チャンネルの一覧にありません"),
    Reason.NO_TEXT: _("本文がありません"),
    Reason.TOO_LONG: _("本文が4万字を超えています"),
    Reason.BAD_TIME: _("日時が正しくありません"),
    Reason.BAD_SHAPE: _("発言の形が正しくありません"),
    Reason.DUPLICATE: _("同じ発言が2つあります"),
    Reason.KNOWN: _("すでに取り込んであり、変わりありません"),
    Reason.RENEWED: _("すでに取り込んであり、直された文章に替えました"),
    Reason.STOPPED: _("この質問への書き込みは止まっています"),
    Reason.MASKED: _("マイナンバー(個人番号)と思われる番号を伏せて取り込みました"),
    Reason.MISSING_POSTS: _("続きの投稿がファイルに入っていません"),
    Reason.NOT_JSON: _("JSONとして読めないファイルです"),
    Reason.TOO_DEEP: _("入れ子が深すぎるファイルです"),
    Reason.ENCODING: _("文字コードが分からないファイルです"),
    Reason.TOO_LARGE: _("大きすぎるファイルです"),
    Reason.EXPANDS: _("広げると大きすぎるファイルです"),
    Reason.DAMAGED: _("壊れたファイルです"),
    Reason.ENCRYPTED: _("暗号化されたファイルです"),
    Reason.UNSAFE_NAME: _("名前が安全でないファイルです"),
    Reason.OTHER_FILE: _("投稿のファイルではありません"),
    Reason.TWICE: _("同じ名前のファイルが2つあります"),
}


@dataclass(frozen=True)
class ReportLine:
    """What was left out of one place for one reason.

    Attributes:
        what: the place and how much of it.
        why: the reason.
        count: messages, or files and texts where it is a note.
        examples: what names a few of them in the export.
    """

    place: str
    what: str
    why: str
    count: int
    examples: tuple[str, ...]


def report_lines(skipped: Iterable[Mapping[str, Any]]) -> list[ReportLine]:
    """Return the report that an intake keeps; a reason of another version stands as it is."""
    return [_line(one) for one in skipped]


def _line(one: Mapping[str, Any]) -> ReportLine:
    place, count = str(one["place"]) or gettext("そのほか"), int(one["count"])
    examples = tuple(map(str, one.get("examples", ())))
    try:
        reason = Reason(one["reason"])
    except ValueError:
        return ReportLine(place, place, str(one["reason"]), count, examples)
    if reason in NOTES and count == 1:
        what = place
    elif reason in NOTES:
        what = gettext("%(place)s: %(count)s件") % {"place": place, "count": f"{count:,}"}
    else:
        what = gettext("%(place)s: 発言%(count)s件") % {"place": place, "count": f"{count:,}"}
    return ReportLine(place, what, str(WORDS[reason]), count, examples)
