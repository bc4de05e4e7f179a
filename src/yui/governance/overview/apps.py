"""Registers the overview room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OverviewConfig(AppConfig):
    """The four views of the present state."""

    name = "yui.governance.overview"
    label = "overview"
    verbose_name = _("現状データ")
    command_group = ""

    def ready(self) -> None:
        """Enter the views into the navigation."""
        # The navigation reads models, which may be imported only once all applications are loaded.
        from yui.kernel.ui.navigation import WHOLE, NavItem, register

        register(NavItem("overview.index", _("現状データ"), "overview:index", WHOLE, 10, "chart"))
