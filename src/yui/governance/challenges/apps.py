"""Registers the challenges room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ChallengesConfig(AppConfig):
    """Challenges with evidence, and one logic model for each pillar."""

    name = "yui.governance.challenges"
    label = "challenges"
    verbose_name = pgettext_lazy("list", "課題")

    def ready(self) -> None:
        """Offer challenges and initiatives to links, search and navigation."""
        # Models may be imported only once all applications are loaded, hence not at the top of the file.
        from yui.governance.challenges import finding
        from yui.governance.challenges.urns import CHALLENGE, INITIATIVE
        from yui.kernel.links import register_resolver
        from yui.kernel.search import SearchSource, register_index
        from yui.kernel.ui.navigation import WHOLE, NavItem, register

        register_resolver(CHALLENGE, finding.resolve_challenges)
        register_resolver(INITIATIVE, finding.resolve_initiatives)
        challenges = (finding.challenge_documents, finding.one_challenge)
        register_index(SearchSource(CHALLENGE, pgettext_lazy("list", "課題"), *challenges))
        initiatives = (finding.initiative_documents, finding.one_initiative)
        register_index(SearchSource(INITIATIVE, pgettext_lazy("challenge", "取組"), *initiatives))
        title = _("課題とロジックモデル")
        register(NavItem("challenges.challenges", title, "challenges:challenges", WHOLE, 28, "graph"))
