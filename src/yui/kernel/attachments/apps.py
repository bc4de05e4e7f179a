"""Names the kernel room ``attachments`` to Django."""

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    """Application configuration of ``yui.kernel.attachments``, whose model is abstract."""

    name = "yui.kernel.attachments"
    label = "attachments"
