"""What operations of the room raise, in sentences for the person who asked."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class ChallengesError(ValidationError):
    """A change that the rules of the room forbid; forms show it in place."""


class ChallengesFieldError(ChallengesError):
    """The same, said at the field that is wrong."""

    def __init__(self, field: str, message: Any, kind: str, **params: Any) -> None:
        super().__init__({field: ValidationError(message, code=kind, params=params)})


class ReasonMissing(ChallengesFieldError):
    """A challenge was to be closed, eased or reopened without saying why."""

    def __init__(self) -> None:
        super().__init__("reason", _("理由を書いてください。あとで読む人のためです。"), "reason_missing")


class AlreadySo(ChallengesError):
    """A challenge was to get the state that it has."""

    def __init__(self) -> None:
        super().__init__(_("この課題はもうその状態です。"), code="already_so")


class NoPillar(ChallengesFieldError):
    """A challenge names no pillar, or one that does not exist."""

    def __init__(self) -> None:
        super().__init__("pillars", _("関係する支援策を1つ以上選んでください。"), "no_pillar")


class PillarInUse(ChallengesFieldError):
    """A pillar was to be taken from a challenge or an initiative whose arrows need it."""

    def __init__(self, field: str, links: int) -> None:
        super().__init__(
            field,
            _("この支援策の線が%(links)s本あります。先に線を消してください。"),
            "pillar_in_use",
            links=links,
        )


class OtherKeeper(ChallengesError):
    """A record of another organisation was to be changed in one organisation's name."""

    def __init__(self) -> None:
        super().__init__(
            _("この記録はほかの団体のものです。その団体の担当者に頼んでください。"), code="other_keeper"
        )


class UnknownIndicatorCode(ChallengesError):
    """An arrow names an indicator that the tree does not have."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("「%(code)s」という指標はありません。一覧から選んでください。"),
            code="unknown_indicator",
            params={"code": code},
        )


class UnknownSeriesCode(ChallengesFieldError):
    """Evidence names a series that the statistics do not have, or that the actor may not see."""

    def __init__(self, code: str) -> None:
        super().__init__(
            "series_code",
            _("「%(code)s」という公的統計の系列はありません。一覧から選んでください。"),
            "unknown_series",
            code=code,
        )


class UnknownArea(ChallengesFieldError):
    """Evidence names an area that is neither a ward, nor Tokyo, nor the nation."""

    def __init__(self, code: str) -> None:
        super().__init__(
            "area_code",
            _("「%(code)s」という地域はありません。一覧から選んでください。"),
            "unknown_area",
            code=code,
        )


class UnknownOption(ChallengesFieldError):
    """An initiative names an option of the priorities that does not exist, or that the actor may not see."""

    def __init__(self, set_code: str, option_code: str) -> None:
        super().__init__(
            "option",
            _("優先度の検討に「%(option)s」はありません。一覧から選んでください。"),
            "unknown_option",
            option=f"{set_code}/{option_code}",
        )


class EndsWrong(ChallengesError):
    """The ends make no arrow: challenge to initiative, initiative to indicator, indicator to indicator."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "線は、課題から取組へ、取組から指標へ、指標から次の指標へ引きます。"
                "もとと先を1つずつ選んでください。"
            ),
            code="ends_wrong",
        )


class Backward(ChallengesError):
    """An arrow between indicators leads back, or stays within its column."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "線は、アウトプット、アウトカム、成功要因(KSI)、最終目標(KGI)の順に引きます。"
                "先の指標を選び直してください。"
            ),
            code="backward",
        )


class OtherPillar(ChallengesError):
    """The two ends of an arrow belong to different pillars."""

    def __init__(self) -> None:
        super().__init__(
            _("線の両はしは同じ支援策のものにしてください。課題なら、関係する支援策を加えてください。"),
            code="other_pillar",
        )


class TooMuchEvidence(ChallengesError):
    """More evidence was to be added than anybody reads."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _("根拠は%(most)s件までです。弱いものを消してください。"),
            code="too_much_evidence",
            params={"most": most},
        )
