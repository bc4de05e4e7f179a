"""What operations on proposals refuse, in sentences for the person who asked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yui.people.practices.models import Proposal


class ProposalRefused(ValidationError):
    """A step that the rules of proposals forbid; pages show it in place."""


class WrongStage(ProposalRefused):
    """The proposal is not in a stage from which the step starts."""

    def __init__(self, stage: str) -> None:
        super().__init__(
            _("この提案は「%(stage)s」なので、この操作はできません。画面を開き直して確かめてください。"),
            code="wrong_stage",
            params={"stage": stage},
        )


class WordsNeeded(ProposalRefused):
    """A step needs a written reason."""

    def __init__(self) -> None:
        super().__init__(_("理由を書いてください。"), code="words_needed")


class NotComplete(ProposalRefused):
    """A proposal was to be handed in without its text."""

    def __init__(self) -> None:
        super().__init__(
            _("提出する前に、現状と提案の内容を書いてください。"),
            code="not_complete",
        )


class ChangedByAnother(ProposalRefused):
    """Somebody else changed the text since the form was drawn.

    Attributes:
        stored: the proposal as it stands now.
    """

    def __init__(self, stored: Proposal) -> None:
        super().__init__(
            _("書いている間に、ほかの人がこの提案を更新しました。下の違いを見て、もう一度保存してください。"),
            code="changed_by_another",
        )
        self.stored = stored


class OtherOrganisation(ProposalRefused):
    """Records of two organisations were to be joined."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _("「%(what)s」はこの団体の記録ではありません。同じ団体の記録を選んでください。"),
            code="other_organisation",
            params={"what": what},
        )


class AlreadyAuthor(ProposalRefused):
    """A person was to be asked twice."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("%(name)sさんには、もう声をかけています。"), code="already_author", params={"name": name}
        )


class JudgeCannotPropose(ProposalRefused):
    """A person who gave an opinion was to become an author."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("%(name)sさんはこの提案に意見を書いたので、提案者になれません。"),
            code="judge_cannot_propose",
            params={"name": name},
        )


class AuthorCannotHandle(ProposalRefused):
    """An author was to look after the own proposal."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("%(name)sさんはこの提案の提案者なので、担当になれません。"),
            code="author_cannot_handle",
            params={"name": name},
        )


class NotInvited(ProposalRefused):
    """Somebody answered who was not asked."""

    def __init__(self) -> None:
        super().__init__(_("返事を待っている誘いはありません。"), code="not_invited")


class OwnProposal(ProposalRefused):
    """An author was to vote for the own proposal."""

    def __init__(self) -> None:
        super().__init__(_("自分の提案には賛成できません。"), code="own_proposal")


class NotIntoItself(ProposalRefused):
    """A proposal was to be merged into one that cannot take it."""

    def __init__(self) -> None:
        super().__init__(
            _("統合先には、同じ団体の、まだ決まっていない別の提案を選んでください。"),
            code="not_into_itself",
        )


class FirstEffectMissing(ProposalRefused):
    """A confirmation was to be recorded before anything had been measured."""

    def __init__(self) -> None:
        super().__init__(_("先に「はじめの測定」を記録してください。"), code="first_effect_missing")


class BaselineFrozen(ProposalRefused):
    """A frozen baseline was to be changed without a new definition."""

    def __init__(self, kind: str, version: int) -> None:
        super().__init__(
            _(
                "「%(kind)s」の基準値は、定義の第%(version)s版でもう固定しました。変えるには、新しい数え方を書いて"
                "「新しい版」にしてください。"
            ),
            code="baseline_frozen",
            params={"kind": kind, "version": version},
        )


class NothingToCount(ProposalRefused):
    """A baseline was to be counted from records that do not exist."""

    def __init__(self, year: str) -> None:
        super().__init__(
            _(
                "%(year)sの提案の記録がないので、数えられません。過去の記録を取り込むか、出所を書いて件数を"
                "申告してください。"
            ),
            code="nothing_to_count",
            params={"year": year},
        )


class YearNotClosed(ProposalRefused):
    """A baseline was to be frozen for a fiscal year that is not over."""

    def __init__(self, year: str) -> None:
        super().__init__(
            _("%(year)sはまだ終わっていません。終わった年度を選んでください。"),
            code="year_not_closed",
            params={"year": year},
        )


class SourceNeeded(ProposalRefused):
    """A stated figure came without its source."""

    def __init__(self) -> None:
        super().__init__(_("申告する件数と、その出所を書いてください。"), code="source_needed")


class PersonUnknown(ProposalRefused):
    """A person who was named cannot be found."""

    def __init__(self, username: str) -> None:
        super().__init__(
            _("職員ID「%(username)s」の職員は見つかりません。IDを確かめてください。"),
            code="person_unknown",
            params={"username": username},
        )
