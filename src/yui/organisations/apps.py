"""Registrations of the room of wards, joint bodies, departments, members, roles and sign-in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """組織と職員."""

    name = "yui.organisations"
    label = "organisations"
    verbose_name = _("組織と職員")

    def ready(self) -> None:
        """Listen to the sign-in machinery; offer members to navigation, imports and links."""
        # Models may be imported only once all applications are loaded, hence not at the top of the file.
        from yui.kernel.exchange.importers import register_importer
        from yui.kernel.links import register_resolver
        from yui.kernel.ui.navigation import WHOLE, NavItem, register
        from yui.organisations import sign_in_events
        from yui.organisations.links import resolve_organisations, resolve_people
        from yui.organisations.roster import IMPORTER

        sign_in_events.connect()
        register_importer(IMPORTER)
        register_resolver("organisations.user", resolve_people)
        register_resolver("organisations.organisation", resolve_organisations)
        code = "organisations.organisations"
        register(NavItem(code, _("団体と職員"), "organisations:organisations", WHOLE, 90, "people"))
