"""Registers the challenges room."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ChallengesConfig(AppConfig):
    """Challenges with evidence, and one logic model for each pillar."""

    name = "yui.governance.challenges"
    label = "challenges"
    verbose_name = pgettext_lazy("list", "課題")
