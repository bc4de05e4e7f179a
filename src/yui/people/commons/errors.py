"""What operations of the commons refuse, in sentences for the person who asked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class CommonsRefused(ValidationError):
    """A step that the commons forbids; pages show it in place."""


class NoSuchPost(CommonsRefused):
    """A question or post was named that is not there, or not for this reader."""

    def __init__(self) -> None:
        super().__init__(_("その投稿は見つかりません。質問を開き直してください。"), code="no_such_post")


class NothingWritten(CommonsRefused):
    """A text was empty."""

    def __init__(self) -> None:
        super().__init__(_("本文を書いてください。"), code="empty")


class TextTooLong(CommonsRefused):
    """Somebody wrote more than is kept."""

    def __init__(self, longest: int) -> None:
        super().__init__(
            _("本文は%(longest)s字までです。長い資料は添付してください。"),
            code="too_long",
            params={"longest": f"{longest:,}"},
        )


class PersonalNumberWritten(CommonsRefused):
    """The text holds what can be a 個人番号."""

    def __init__(self, masked: str, *, is_certain: bool) -> None:
        self.is_certain = is_certain
        certain = _(
            "マイナンバー(個人番号)と思われる番号があります: %(masked)s。番号を消してから投稿してください。"
        )
        maybe = _(
            "マイナンバー(個人番号)かもしれない番号があります: %(masked)s。"
            "番号を消すか、マイナンバーでなければ「マイナンバーではありません」を選んでください。"
        )
        super().__init__(certain if is_certain else maybe, code="personal_number", params={"masked": masked})


class ChangedMeanwhile(CommonsRefused):
    """Somebody else saved the text after the page was drawn; nothing was saved over it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "書いている間に、ほかの人がこの文章を直しました。下で両方を見比べて、もう一度保存してください。"
            ),
            code="changed_meanwhile",
        )


class WritingStopped(CommonsRefused):
    """The question is locked or closed."""

    def __init__(self) -> None:
        super().__init__(
            _("この質問への書き込みは止まっています。続きは新しい質問にしてください。"),
            code="writing_stopped",
        )


class NotSolvable(CommonsRefused):
    """A state was asked for that does not follow from the present one."""

    def __init__(self) -> None:
        super().__init__(
            _("今の状態からはできません。質問を開き直して、状態を確かめてください。"),
            code="state_does_not_follow",
        )


class ReasonMissing(CommonsRefused):
    """A step that needs a reason came without one."""

    def __init__(self) -> None:
        super().__init__(_("理由を書いてください。"), code="reason_missing")


class TooManyTags(CommonsRefused):
    """More tags than help anybody."""

    def __init__(self, most: int) -> None:
        super().__init__(_("タグは%(most)s個までです。"), code="too_many_tags", params={"most": most})


class SameModerator(CommonsRefused):
    """A disclosure needs a second person."""

    def __init__(self) -> None:
        super().__init__(
            _("開示を求めた人は、自分で認めることができません。ほかの運営の人に頼んでください。"),
            code="same_moderator",
        )
