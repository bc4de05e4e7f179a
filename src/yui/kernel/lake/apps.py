"""The lake's place among the installed applications."""

from django.apps import AppConfig


class LakeConfig(AppConfig):
    """Application configuration of ``yui.kernel.lake``."""

    name = "yui.kernel.lake"
    label = "lake"
