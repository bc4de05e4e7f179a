"""The room of wards, joint bodies, departments, members, roles and sign-in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Names the room to Django."""

    name = "yui.organisations"
    label = "organisations"
    verbose_name = _("組織と職員")

    def ready(self) -> None:
        """Listen to the sign-in machinery."""
        # Imported here because models exist only once the applications are loaded.
        from yui.organisations import sign_in_events

        sign_in_events.connect()
