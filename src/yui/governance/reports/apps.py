"""Registers the reports room."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ReportsConfig(AppConfig):
    """Monthly and annual reports of the council, and the public page."""

    name = "yui.governance.reports"
    label = "reports"
    verbose_name = pgettext_lazy("list", "報告書")
