"""The list of questions: what one opens every morning."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.people.commons.models import Tag
from yui.people.commons.policies import is_secretariat
from yui.people.commons.queries.feed import (
    TAB_WORDS,
    FeedConditions,
    FeedTab,
    feed_page,
    follows_tag,
    visible_tag,
)
from yui.people.commons.queries.morning import morning_of
from yui.registry.public import business_areas


@login_required
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """List questions under a tab, narrowed by what the address says; unknown conditions narrow nothing."""
    actor = actor_of(request)
    conditions = conditions_of(request.GET)
    page = feed_page(actor, conditions, request.GET.get("after", ""))
    tag = visible_tag(actor, conditions.tag) if conditions.tag else None
    kept = request.GET.copy()
    kept.pop("after", None)
    areas = business_areas()
    context = {
        "page": page,
        "conditions": conditions,
        "tabs": [
            {"words": words, "url": _address(kept, tab=name), "is_current": name == conditions.tab}
            for name, words in TAB_WORDS.items()
        ],
        "next_url": _address(kept, after=page.after) if page.after else "",
        "is_first": not request.GET.get("after"),
        "first_url": _address(kept),
        "tag": tag,
        "without_tag": _address(kept, tag=""),
        "is_tag_followed": tag and follows_tag(actor, tag),
        "areas": areas,
        "wards": Organisation.objects.active(),
        "morning": morning_of(actor),
        "is_secretariat": is_secretariat(actor),
        "empty_words": _EMPTY[conditions.tab],
    }
    return render(request, "commons/feed.html", context)


def conditions_of(given: QueryDict) -> FeedConditions:
    """Return the conditions of an address."""
    tab, system = given.get("tab", ""), given.get("system", "")
    return FeedConditions(
        tab=FeedTab(tab) if tab in set(FeedTab) else FeedTab.ALL,
        tag=Tag.key_of(given.get("tag", "")),
        area=given.get("area", "")[:20],
        system=int(system) if system.isascii() and system.isdecimal() and len(system) < 18 else None,
        ward=given.get("ward", "")[:12],
    )


def _address(kept: QueryDict, **changes: str) -> str:
    asked = kept.copy()
    for name, value in changes.items():
        asked[name] = value
        if not value:
            del asked[name]
    return f"?{asked.urlencode()}" if asked else "?"


_EMPTY = {
    FeedTab.ALL: _("質問はまだありません"),
    FeedTab.WAITING: _("回答を待っている質問はありません"),
    FeedTab.SOLVED: _("解決した質問はまだありません"),
    FeedTab.FOLLOWING: _("フォローしている質問はありません"),
    FeedTab.ASKED: _("回答を頼まれている質問はありません"),
    FeedTab.MINE: _("まだ質問していません"),
}
