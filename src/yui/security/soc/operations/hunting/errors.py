"""What operations on saved hunts refuse, in sentences for the person who asked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class HuntRefused(ValidationError):
    """A saved hunt that cannot be; pages show it in place."""


class HuntUnreadable(HuntRefused):
    """The text is no question that the language knows."""

    def __init__(self, reason: str) -> None:
        super().__init__({"text": ValidationError(reason, code="hunt_unreadable")})


class HiddenByAnother(HuntRefused):
    """Somebody wants to hide the hunt of a colleague, who alone may."""

    def __init__(self) -> None:
        super().__init__(
            {
                "sharing": ValidationError(
                    _("「自分だけ」にできるのは、保存した人だけです。"), code="hidden_by_another"
                )
            }
        )


class TooManyDailyHunts(HuntRefused):
    """A person has as many hunts counted each morning as one may have."""

    def __init__(self, most: int) -> None:
        super().__init__(
            {
                "is_daily": ValidationError(
                    _("毎朝数えるハントは、1人%(most)s個までです。"),
                    code="too_many_daily",
                    params={"most": most},
                )
            }
        )
