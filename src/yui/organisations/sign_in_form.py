"""The sign-in form in the words of Japanese offices."""

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """allauth's form with 職員ID, and without hints inside the fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("職員IDまたはメールアドレス")
        login.widget.attrs["autocomplete"] = "username webauthn"
        login.widget.attrs["autofocus"] = True
        password.label = _("パスワード")
        password.help_text = ""
        for field in (login, password):
            field.widget.attrs.pop("placeholder", None)
