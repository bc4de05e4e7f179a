"""Second factors: their secrets are encrypted, their names are in the reader's language."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from yui.organisations.encryption import decrypt, encrypt
from yui.organisations.models import User

PURPOSE = "second-factor"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Yui's answers to allauth's questions about passkeys and one-time codes."""

    def encrypt(self, text: str) -> str:
        """Keep the secret of one-time codes unreadable in the database and its backups."""
        return encrypt(text, PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret in clear."""
        return decrypt(encrypted_text, PURPOSE)

    def get_totp_label(self, user: User) -> str:
        """Name the account in the code application by its employee id."""
        return user.username

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """Return a name for a new passkey, numbered from 1."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("パスキー{number}").format(number=number)
