"""Registers the indicators room."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Application configuration of ``yui.governance.indicators``."""

    name = "yui.governance.indicators"
    label = "indicators"
    command_group = ""
