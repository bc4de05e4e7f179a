"""System checks of the navigation."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.urls import NoReverseMatch, reverse

from yui.kernel.ui.navigation import registered


def navigation_leads_somewhere(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Report each navigation entry whose ``url_name`` does not name an address without arguments."""
    problems: list[CheckMessage] = []
    for item in registered():
        try:
            reverse(item.url_name)
        except NoReverseMatch:
            problems.append(
                Error(
                    f"navigation entry {item.code!r} leads to {item.url_name!r}, which is no address",
                    hint="Name a URL without arguments in NavItem.url_name.",
                    id="ui.E001",
                )
            )
    return problems
