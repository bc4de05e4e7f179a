"""What helping refuses, in sentences for the person who asked."""

from django.utils.translation import gettext_lazy as _

from yui.people.commons.errors import CommonsRefused


class NotToBeAsked(CommonsRefused):
    """Somebody was to be asked who is away, has enough to do, or does not want to be asked."""

    def __init__(self) -> None:
        super().__init__(
            _("この人には今は頼めません。質問を開き直して、ほかの人に頼んでください。"),
            code="not_to_be_asked",
        )


class NoHelpWanted(CommonsRefused):
    """Help was asked for on a question that waits for nobody."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "受付中の質問でないので、回答を頼めません。「もう一度受付中にする」を押してから頼んでください。"
            ),
            code="no_help_wanted",
        )


class NoSuchTurn(CommonsRefused):
    """A week was named that is over or was never planned."""

    def __init__(self) -> None:
        super().__init__(
            _("その週の当番は変えられません。今週より先の週を選んでください。"), code="no_such_turn"
        )


class NotReadyForTurns(CommonsRefused):
    """Somebody was named as mentor who is not of the ward or does not take turns."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "この人は当番の相談役にできません。その団体に所属し、「相談役の当番を受ける」を選んだ人から選んでください。"
            ),
            code="not_ready_for_turns",
        )


class WeeksOutOfRange(CommonsRefused):
    """More weeks were to be planned than stand on the page."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _("計画できるのは1週から%(most)s週までです。"), code="weeks_out_of_range", params={"most": most}
        )
