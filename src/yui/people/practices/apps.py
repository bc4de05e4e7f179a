"""Registrations of good practices and improvement proposals."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    """グッドプラクティスと改善提案."""

    name = "yui.people.practices"
    label = "practices"
    verbose_name = _("グッドプラクティス・改善提案")
