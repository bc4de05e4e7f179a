"""The room of costs: what it offers to the rest of Yui."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CostsConfig(AppConfig):
    """Application configuration of ``yui.transition.costs``."""

    name = "yui.transition.costs"
    label = "costs"
    verbose_name = _("運用コスト")
