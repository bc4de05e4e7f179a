"""Registrations of the commons."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonsConfig(AppConfig):
    """共創プラットフォーム."""

    name = "yui.people.commons"
    label = "commons"
    verbose_name = _("共創プラットフォーム")

    def ready(self) -> None:
        """Offer questions to links, search, other rooms, notices and the navigation."""
        # Models may be imported only once all applications are loaded, hence not at the top of the file.
        from yui.kernel.links import register_outline, register_resolver
        from yui.kernel.search import SearchSource, register_index
        from yui.kernel.ui.navigation import register
        from yui.people.commons import finding, finding_helping
        from yui.people.commons.navigation import ITEMS
        from yui.people.commons.operations.telling import register_notices

        register_resolver(finding.KIND, finding.resolve_questions)
        register_resolver(finding_helping.KIND, finding_helping.resolve_turns)
        register_outline(finding.KIND, finding.outline_question)
        register_index(
            SearchSource(finding.KIND, _("質問"), finding.question_documents, finding.one_question)
        )
        register_notices()
        for item in ITEMS:
            register(item)
