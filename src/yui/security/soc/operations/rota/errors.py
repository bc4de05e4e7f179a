"""What operations on the rota refuse, in sentences for the person who asked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class RotaError(ValidationError):
    """A change of the rota that cannot be."""


class NotOnTheWatch(RotaError):
    """The person does not work for the joint body."""

    def __init__(self, name: str) -> None:
        super().__init__(
            {
                "person": ValidationError(
                    _("「%(name)s」は共同体の職員ではありません。"), params={"name": name}
                )
            }
        )


class TooLittleRest(RotaError):
    """A shift would break a rule that protects people; a reason lets it stand."""

    def __init__(self, what: str) -> None:
        super().__init__(
            {
                "reason": ValidationError(
                    _("%(what)s それでも入れるときは、理由を書いてください。"), params={"what": what}
                )
            }
        )


class SpanTooLong(RotaError):
    """A plan was asked for over too many days, or none."""

    def __init__(self, days: int) -> None:
        super().__init__(
            {"last": ValidationError(_("1日から%(days)s日までの期間にしてください。"), params={"days": days})}
        )


class NobodyToPlan(RotaError):
    """A plan was asked for without people."""

    def __init__(self) -> None:
        super().__init__({"people": ValidationError(_("当番に入る人を選んでください。"))})


class SamePersonTwice(RotaError):
    """Two shifts that were to be swapped belong to the same person."""

    def __init__(self) -> None:
        super().__init__(_("2つの当番は同じ人のものです。別の人の当番を選んでください。"), code="same_person")


class AlreadyAccepted(RotaError):
    """A hand-over was to be accepted or changed after somebody accepted it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("この引継ぎは、もう%(name)sさんが受けました。"), code="already_accepted", params={"name": name}
        )


class OwnHandover(RotaError):
    """Whoever wrote a hand-over was to accept it."""

    def __init__(self) -> None:
        super().__init__(
            _("自分の書いた引継ぎは受けられません。次の当番の人が受けます。"), code="own_handover"
        )


class BadTarget(RotaError):
    """A mail address or webhook address cannot be used."""

    def __init__(self, said: str) -> None:
        super().__init__({"target": ValidationError(said)})
