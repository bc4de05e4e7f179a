"""How logic models are written: columns, strengths, marks of states, and what is missing in sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from yui.governance.challenges.engine.columns import Column
from yui.governance.challenges.engine.gaps import GapKind
from yui.governance.challenges.models import Strength
from yui.governance.challenges.queries.logic_model import Gap, LogicModel

MARKS = {
    "achieved": "◎",
    "on_track": "○",
    "attention": "△",
    "late": "×",
    "undecided": "?",
    "no_data": "－",
}
"""A sign for each state, beside its word: colour alone tells nothing to some."""
_COLUMNS = {
    Column.CHALLENGE: pgettext_lazy("logic model", "課題"),
    Column.INITIATIVE: pgettext_lazy("logic model", "取組"),
    Column.OUTPUT: gettext_lazy("アウトプット"),
    Column.OUTCOME: gettext_lazy("アウトカム"),
    Column.KSI: gettext_lazy("成功要因(KSI)"),
    Column.KGI: gettext_lazy("最終目標(KGI)"),
}
_GAPS = {
    GapKind.UNANSWERED: gettext_lazy("「%(name)s」にこたえる取組がありません。"),
    GapKind.UNFOUNDED: gettext_lazy("「%(name)s」に客観的根拠がありません。"),
    GapKind.ANSWERS_NOTHING: gettext_lazy("「%(name)s」がこたえる課題がありません。"),
    GapKind.MOVES_NOTHING: gettext_lazy("「%(name)s」が動かす指標がありません。"),
    GapKind.UNMOVED: gettext_lazy("「%(name)s」を動かすものがありません。"),
    GapKind.LEADS_NOWHERE: gettext_lazy("「%(name)s」が次にどの指標につながるか、決まっていません。"),
    GapKind.NO_DATA: gettext_lazy("「%(name)s」のデータがありません。"),
}


def column_text(column: Column) -> str:
    """Return what a column is called."""
    return str(_COLUMNS[column])


def strength_texts() -> tuple[str, str, str, str, str]:
    """Return what each strength is called, the weakest first."""
    none, opinion, example, report, statistics = (str(each.label) for each in Strength)
    return none, opinion, example, report, statistics


def state_text(status: str, word: str) -> str:
    """Return a state as its mark and word; the word alone where the state has no mark."""
    mark = MARKS.get(status, "")
    return f"{mark} {word}" if mark and word else word


def gap_text(gap: Gap) -> str:
    """Say in a sentence what is missing."""
    if gap.arrow is not None:
        return _("「%(source)s」から「%(target)s」への線に根拠がありません。") % {
            "source": gap.arrow.source.title,
            "target": gap.arrow.target.title,
        }
    return str(_GAPS[gap.kind]) % {"name": gap.node.title if gap.node else ""}


def model_title(model: LogicModel) -> str:
    """Return the name of a pillar's logic model."""
    return pgettext("logic model", "%(mark)s %(title)sのロジックモデル") % {
        "mark": model.mark,
        "title": model.title,
    }


def finding(model: LogicModel) -> str:
    """Say in a sentence how much there is, and how much is missing."""
    sizes = {column: len(nodes) for column, nodes in model.columns}
    counts = {
        "challenges": sizes[Column.CHALLENGE],
        "initiatives": sizes[Column.INITIATIVE],
        "indicators": sum(size for column, size in sizes.items() if column > Column.INITIATIVE),
        "gaps": len(model.gaps),
    }
    if not model.gaps:
        return _("課題%(challenges)s、取組%(initiatives)s、指標%(indicators)s。穴はありません。") % counts
    return (
        _("課題%(challenges)s、取組%(initiatives)s、指標%(indicators)s。穴が%(gaps)sか所あります。") % counts
    )


def no_font_text() -> str:
    """Return what to do on a machine that has no font for the PDF."""
    return _(
        "PDFをつくるための日本語フォントがこの機械にありません。"
        "Noto Sans CJK JP(Debianなら `apt install fonts-noto-cjk`)を入れてから、"
        "もう一度つくってください。"
    )
