"""Registrations of the commons."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonsConfig(AppConfig):
    """共創プラットフォーム."""

    name = "yui.people.commons"
    label = "commons"
    verbose_name = _("共創プラットフォーム")
