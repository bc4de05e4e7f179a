"""The pages that belong together, as tabs: those that the reader may open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yui.kernel.policy import Verb
from yui.kernel.ui.asking import actor_of

PAGES = (
    (_("提案"), "practices:proposals", Verb.VIEW),
    (_("事務局"), "practices:proposal-board", Verb.EDIT),
    (_("件数の伸び"), "practices:proposal-growth", Verb.VIEW),
    (_("効果"), "practices:proposal-effects", Verb.VIEW),
    (_("基準値"), "practices:proposal-baselines", Verb.VIEW),
    (_("設定"), "practices:proposal-settings", Verb.ADMINISTER),
)


@dataclass(frozen=True)
class RoomTab:
    """One tab."""

    title: Any
    url: str


def with_tabs(request: HttpRequest, context: Mapping[str, Any]) -> dict[str, Any]:
    """Return the context of a page with the tabs beside it."""
    actor = actor_of(request)
    tabs = [
        RoomTab(title, reverse(name))
        for title, name, verb in PAGES
        if actor.is_system or actor.organisation_ids_with(verb)
    ]
    return {**context, "room_tabs": tabs}
