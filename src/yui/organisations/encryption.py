"""Keeps secrets of identity providers unreadable in the database and its backups."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SecretUnreadable(ValueError):
    """The stored secret was written with another SECRET_KEY and must be entered again."""

    def __init__(self) -> None:
        super().__init__(
            str(
                _(
                    "保存した秘密の値を読めません。SECRET_KEYが変わっています。認証サービスの画面で秘密の値を入れ直してください。"
                )
            )
        )


def _cipher(purpose: str) -> Fernet:
    """Return the cipher whose key is derived from the installation's secret for one purpose."""
    digest = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=purpose.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def encrypt(text: str, purpose: str) -> str:
    """Return the text encrypted and authenticated (Fernet: AES-128-CBC with HMAC-SHA256).

    ``purpose`` is at most 16 ASCII characters; what was written for one cannot be read for another.
    """
    return _cipher(purpose).encrypt(text.encode()).decode("ascii")


def decrypt(token: str, purpose: str) -> str:
    """Return the clear text of :func:`encrypt`; raise :class:`SecretUnreadable` under another key."""
    try:
        return _cipher(purpose).decrypt(token.encode("ascii")).decode()
    except (InvalidToken, UnicodeEncodeError) as error:
        raise SecretUnreadable from error
