"""Verdicts of the FOCUS examination in words for people."""

from django.utils.translation import gettext as _

from yui.transition.costs.engine.validation.verdicts import Reason, Status, Verdict


def status_in_words(status: Status) -> str:
    """Return what became of a rule."""
    return {
        Status.FAIL: _("違反"),
        Status.PASS: _("適合"),
        Status.NOT_APPLICABLE: _("対象外"),
        Status.SKIPPED: _("判定できない"),
    }[status]


def reason_in_words(verdict: Verdict) -> str:
    """Return why a rule has its status, empty where the rows alone say it."""
    words = {
        Reason.COLUMN_ABSENT: _("列 {detail} がありません。"),
        Reason.CRITERIA: _("適用条件を宣言していません: {detail}"),
        Reason.PERMISSION: _("してもよいことを述べる規則なので、違反はありません。"),
        Reason.UNDECIDABLE: _("ファイルの列だけでは決められません。"),
        Reason.UNKNOWN_FUNCTION: _("この規則の検査方法を知りません: {detail}"),
        Reason.MEMBERS_FAILED: _("含まれる規則の違反: {detail}"),
        Reason.NO_MEMBER_CHECKED: _("含まれる規則に、判定できたものがありません。"),
    }
    return words[verdict.reason].format(detail=verdict.detail) if verdict.reason else ""
