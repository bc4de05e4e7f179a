"""What operations on practices refuse, in sentences for the person who asked."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class PracticeRefused(ValidationError):
    """A step that the rules of the room forbid; pages show it in place."""


class WrongPracticeState(PracticeRefused):
    """The practice is not in a state from which the step starts."""

    def __init__(self, state: str) -> None:
        super().__init__(
            _("この事例は「%(state)s」なので、この操作はできません。画面を開き直して確かめてください。"),
            code="wrong_state",
            params={"state": state},
        )


class TextInReview(PracticeRefused):
    """The text was to be changed while somebody reads it."""

    def __init__(self) -> None:
        super().__init__(
            _("査読中の文章は直せません。直すときは、先に「査読から戻す」を押してください。"),
            code="text_in_review",
        )


class NothingUnderWork(PracticeRefused):
    """There is no new version that is being written."""

    def __init__(self) -> None:
        super().__init__(
            _("書きかけの版がありません。「新しい版を書く」から始めてください。"), code="nothing_under_work"
        )


class RevisionUnderWork(PracticeRefused):
    """A small correction was asked for while a new version is being written."""

    def __init__(self) -> None:
        super().__init__(
            _("新しい版を書いているところです。訂正は、その文章に書いてください。"),
            code="revision_under_work",
        )


class SectionsMissing(PracticeRefused):
    """Something that another ward needs is not said."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            _("まだ書かれていない項目があります: %(names)s。なければ「なし」と書いてください。"),
            code="sections_missing",
            params={"names": "、".join(names)},
        )


class NoAudience(PracticeRefused):
    """A practice for the own ward only was to be published."""

    def __init__(self) -> None:
        super().__init__(
            _("公開する範囲が「自区のみ」です。査読に出すには「全区」か「指定した団体」を選んでください。"),
            code="no_audience",
        )


class AudienceNarrowed(PracticeRefused):
    """A published practice was to be taken from some who read it."""

    def __init__(self) -> None:
        super().__init__(
            _("公開した事例の範囲は狭められません。見せられなくなったときは、取り下げてください。"),
            code="audience_narrowed",
        )


class ResultFixed(PracticeRefused):
    """What did not work was to be told as what worked, or the other way round, after readers had seen it."""

    def __init__(self) -> None:
        super().__init__(
            _("公開した事例の「結果」は変えられません。取り下げて、新しい事例として書いてください。"),
            code="result_fixed",
        )


class PracticeChangedMeanwhile(PracticeRefused):
    """Somebody else saved the text after the form was drawn; nothing was saved over it.

    Attributes:
        revision: the count of savings as it stands now.
    """

    def __init__(self, revision: int) -> None:
        super().__init__(
            _(
                "書いている間に、ほかの人がこの文章を直しました。下で両方を見比べて、もう一度保存してください。"
            ),
            code="changed_meanwhile",
        )
        self.revision = revision


class NotAReviewer(PracticeRefused):
    """Somebody was to review who may not: of the same ward, of none, or out of the practice's sight."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("「%(name)s」はこの事例を査読できません。事例を見られる、ほかの区の職員を選んでください。"),
            code="not_a_reviewer",
            params={"name": name},
        )


class AlreadyReviewing(PracticeRefused):
    """The person reviews it already."""

    def __init__(self) -> None:
        super().__init__(_("この人はもう査読を引き受けています。"), code="already_reviewing")


class ReviewEnded(PracticeRefused):
    """A verdict was given for a review that is over."""

    def __init__(self) -> None:
        super().__init__(
            _("この査読は終わっています。文章が戻されたか、ほかの人が判定しました。"), code="review_ended"
        )


class CommentNeeded(PracticeRefused):
    """A text was sent back without a word."""

    def __init__(self) -> None:
        super().__init__(_("どこを直してほしいかを、一つ以上書いてください。"), code="comment_needed")


class CannotAdopt(PracticeRefused):
    """An adoption was begun of what cannot be adopted."""

    def __init__(self) -> None:
        super().__init__(
            _("導入を始められるのは、公開中の、ほかの区のうまくいった事例です。"), code="cannot_adopt"
        )


STEP_WORDS: dict[str, Any] = {
    "out_of_turn": _("今の状態からは、その段階に進めません。画面を開き直して確かめてください。"),
    "in_the_future": _("まだ来ていない日は記録できません。"),
    "before_the_last": _("前の段階の日より後の日を入れてください。"),
    "reason_missing": _("見送りと中止には理由を書いてください。"),
}


class StepNotTaken(PracticeRefused):
    """A step of an adoption does not follow from those before (``engine/adoption`` says why)."""

    def __init__(self, reason: str) -> None:
        super().__init__(STEP_WORDS[reason], code=reason)
