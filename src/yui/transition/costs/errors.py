"""What operations of the room refuse, in sentences for the person who asked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class AllocationRefused(ValidationError):
    """A step that the rules of allocation forbid; forms show it in place."""


class WrongAllocationState(AllocationRefused):
    """A version is not in the state that the step starts from."""

    def __init__(self, state: str) -> None:
        super().__init__(
            _("この版は「%(state)s」です。画面を開き直して、今の状態を確かめてください。"),
            code="wrong_state",
            params={"state": state},
        )


class SecondPersonNeeded(AllocationRefused):
    """The person who proposed a version was to decide on it."""

    def __init__(self) -> None:
        super().__init__(
            _("提案した人は承認できません。ほかの管理者に頼んでください。"), code="second_person"
        )


class VersionsOverlap(AllocationRefused):
    """Two versions of a rule would divide the same month."""

    def __init__(self, number: int, first: str, last: str) -> None:
        super().__init__(
            _("第%(number)s版(%(first)s〜%(last)s)と月が重なります。どちらかの月を直してください。"),
            code="overlap",
            params={"number": number, "first": first, "last": last},
        )


class CoverageFixed(AllocationRefused):
    """What a rule covers was to change although a version has been approved."""

    def __init__(self) -> None:
        super().__init__(
            _("承認した版があるので、対象は変えられません。別のルールを作ってください。"),
            code="coverage_fixed",
        )


class NoReceiver(AllocationRefused):
    """A version names nobody who receives."""

    def __init__(self) -> None:
        super().__init__(_("受ける団体を一つ以上選んでください。"), code="no_receiver")


class ReasonMissing(AllocationRefused):
    """A decision was given without its reason."""

    def __init__(self) -> None:
        super().__init__(_("理由を書いてください。"), code="reason_missing")


class NotOurResidents(AllocationRefused):
    """A ward was to enter the residents of another organisation."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("「%(name)s」の人口は、その団体か共同体の職員だけが入力できます。"),
            code="not_ours",
            params={"name": name},
        )
