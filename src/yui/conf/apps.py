"""The application that holds settings, addresses and the command line."""

from django.apps import AppConfig


class ConfConfig(AppConfig):
    """Names the configuration package to Django."""

    name = "yui.conf"
    label = "conf"
    command_group = ""
