"""What the room refuses, in sentences for the person who asked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class ForeignAddress(ValueError):
    """A notice would lead out of this installation: a fault of the calling room."""

    def __init__(self, url: str) -> None:
        super().__init__(f"a notice leads to a path of this installation, not to {url!r}")


class WebhookRefused(ValidationError):
    """A place to post to that cannot be."""


class NotEncrypted(WebhookRefused):
    """The address is no usable https address."""

    def __init__(self) -> None:
        super().__init__({"url": _("https:// で始まる、利用者名を含まない URL を書いてください。")})


class HostNotAllowed(WebhookRefused):
    """The installation does not let messages go to that host."""

    def __init__(self, host: str) -> None:
        text = _("「%(host)s」への送信は許されていません。管理者が YUI_WEBHOOK_HOSTS に加えると使えます。")
        super().__init__({"url": ValidationError(text, params={"host": host[:100]})})


class NothingToTell(WebhookRefused):
    """No kind of notice was chosen, or one that no room sends."""

    def __init__(self) -> None:
        super().__init__({"kinds": _("知らせる種類を一つ以上選んでください。")})
