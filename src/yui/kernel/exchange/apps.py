"""Names the kernel room ``exchange`` to Django."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Files in and out; its one command is called ``yui import``."""

    name = "yui.kernel.exchange"
    label = "exchange"
    command_group = ""
