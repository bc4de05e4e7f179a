"""What operations of the room raise, in sentences for the person who asked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class PrioritiesError(ValidationError):
    """A change that the rules of a set forbid; forms show it in place."""


class RoundIsClosed(PrioritiesError):
    """Scores or weights of a round that has ended were to change."""

    def __init__(self) -> None:
        super().__init__(
            _("この回は終わっています。変えるには「審議の回」の画面で新しい回を始めてください。"),
            code="round_is_closed",
        )


class NotDeliberating(PrioritiesError):
    """Weights were to be set, or a round closed, while the set is not under deliberation."""

    def __init__(self) -> None:
        super().__init__(
            _("この検討は審議中ではありません。「審議の回」の画面で審議を始めてください。"),
            code="not_deliberating",
        )


class AlreadyBegun(PrioritiesError):
    """The preparation of a set that is under deliberation was to be changed or ended again."""

    def __init__(self) -> None:
        super().__init__(
            _("審議はもう始まっています。選択肢は準備のあいだだけ変えられます。"), code="already_begun"
        )


class ScoresMissing(PrioritiesError):
    """Deliberation was to begin although cells are without a score."""

    def __init__(self, cells: str) -> None:
        super().__init__(
            _("点数がまだありません: %(cells)s。「点数」の画面で入れてください。"),
            code="scores_missing",
            params={"cells": cells},
        )


class DerivedScore(PrioritiesError):
    """The score of a criterion that comes from evidence was to be typed in."""

    def __init__(self) -> None:
        super().__init__(
            _("この観点の点数は、ほかの点数につけた根拠から自動で決まります。根拠をつけてください。"),
            code="derived_score",
        )


class ReasonMissing(PrioritiesError):
    """A round was to be closed without saying why."""

    def __init__(self) -> None:
        super().__init__(_("理由を書いてください。あとで読む人のためです。"), code="reason_missing")


class WeightsWrong(PrioritiesError):
    """Weights do not name every criterion with a number from 0 up, or all of them are 0."""

    def __init__(self) -> None:
        super().__init__(
            _("重みは観点ごとに0以上の数で入れ、少なくとも1つを0より大きくしてください。"),
            code="weights_wrong",
        )


class NotAWardOfTheSet(PrioritiesError):
    """Weights were to be set for an organisation that is no ward or does not take part."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("「%(name)s」はこの検討に参加していないか、特別区ではありません。"),
            code="not_a_ward_of_the_set",
            params={"name": name},
        )


class TooMany(PrioritiesError):
    """A set was to get more options or criteria than can be read and compared."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _("%(most)s件までです。検討を分けてください。"), code="too_many", params={"most": most}
        )


class OtherSet(PrioritiesError):
    """An option or a criterion of another set was named."""

    def __init__(self) -> None:
        super().__init__(_("この検討の選択肢と観点を選んでください。"), code="other_set")


class UnknownSet(ValueError):
    """No set has the code."""

    def __init__(self, code: str) -> None:
        super().__init__(
            str(
                _("「{code}」という優先度の検討はありません。`yui priorities rank` で一覧を見てください。")
            ).format(code=code)
        )
