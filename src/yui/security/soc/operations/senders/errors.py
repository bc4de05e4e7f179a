"""What operations on senders refuse, in sentences for the person who asked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class SenderError(ValidationError):
    """A sender cannot be registered or changed so."""


class BadCertificate(SenderError):
    """A text is neither a certificate in PEM nor a SHA-256 fingerprint."""

    def __init__(self) -> None:
        super().__init__(
            {
                "certificate": ValidationError(
                    _(
                        "証明書(PEM)か、SHA-256 の指紋(16進64桁)を入れてください。"
                        "指紋は openssl x509 -noout -fingerprint -sha256 で出せます。"
                    )
                )
            }
        )


class BadAddress(SenderError):
    """A text is no network address, or it means half the world."""

    def __init__(self, text: str, *, is_wide: bool = False) -> None:
        said = (
            _("「%(text)s」は広すぎます。IPv4 は /16、IPv6 は /48 より狭い範囲にしてください。")
            if is_wide
            else _(
                "「%(text)s」はアドレスとして読めません。192.0.2.10 や 192.0.2.0/24 のように書いてください。"
            )
        )
        super().__init__({"address": ValidationError(said, params={"text": text})})


class TooManyNetworks(SenderError):
    """More ranges were stated than are kept."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _("アドレスの範囲は%(most)s個までです。続いている範囲はまとめて書いてください。"),
            code="too_many_networks",
            params={"most": most},
        )


class AddressOverlaps(SenderError):
    """Another sender's range holds some of the addresses: whose logs they are would not be clear."""

    def __init__(self) -> None:
        super().__init__(
            {
                "address": ValidationError(
                    _("ほかの送信元の範囲と重なります。どの区のログか決まらないため、登録できません。")
                )
            }
        )


class ProtocolDoesNotFit(SenderError):
    """The way of proof cannot serve the protocol."""

    def __init__(self, protocol: str) -> None:
        super().__init__(
            {
                "protocols": ValidationError(
                    _("この確認の方法では「%(protocol)s」を受け付けられません。"),
                    params={"protocol": protocol},
                )
            }
        )


class AlreadyRevoked(SenderError):
    """A sender that was stopped was to be stopped or changed."""

    def __init__(self) -> None:
        super().__init__(_("この送信元はもう止めてあります。"), code="already_revoked")


class EndIsPast(SenderError):
    """A sender was to end before it began."""

    def __init__(self) -> None:
        super().__init__({"expires_on": ValidationError(_("期限は今日か、それより後にしてください。"))})


class SystemOfAnotherWard(SenderError):
    """The information system named is none of the ward's."""

    def __init__(self) -> None:
        super().__init__({"system_id": ValidationError(_("この区の情報システムを選んでください。"))})


class AlreadyEntrusted(SenderError):
    """The watch is entrusted on one of the days already."""

    def __init__(self) -> None:
        super().__init__(_("その期間には、もう監視を任せています。"), code="already_entrusted")
