"""The left navigation: rooms register their pages, the base template shows those an actor may open."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.translation import gettext_lazy as _

from yui.kernel.policy import Actor, Verb

WHOLE = 0
PILLAR_TITLES: dict[int, Any] = {
    WHOLE: _("全体"),
    1: _("円滑な移行と運用最適化"),
    2: _("ゼロトラスト"),
    3: _("組織・人材"),
}
PILLAR_SIGNS = {WHOLE: "", 1: "①", 2: "②", 3: "③"}


@dataclass(frozen=True)
class NavItem:
    """One entry of the navigation.

    ``pillar`` is 0 for the whole of Yui, or the number of the pillar; ``order`` sorts within it.
    With a ``verb``, only people who may do that verb in at least one organisation see the entry.
    """

    code: str
    title: Any
    url_name: str
    pillar: int
    order: int
    icon: str = "dot"
    verb: Verb | None = None


@dataclass(frozen=True)
class NavLink:
    """A navigation entry as the template shows it."""

    title: Any
    url: str
    icon: str
    current: bool


@dataclass(frozen=True)
class NavGroup:
    """The entries of one pillar, in order."""

    pillar: int
    sign: str
    title: Any
    links: tuple[NavLink, ...]


_items: dict[str, NavItem] = {}


class NavigationConflict(ValueError):
    """Two rooms registered different entries under one code, or a pillar does not exist."""


def register(item: NavItem) -> NavItem:
    """Add ``item``; registering the same entry again changes nothing.

    Raises ``NavigationConflict`` for a second, different entry with the same code and for an unknown pillar.
    """
    if item.pillar not in PILLAR_TITLES:
        raise NavigationConflict(f"navigation entry {item.code!r}: pillar must be 0, 1, 2 or 3")
    if _items.setdefault(item.code, item) != item:
        raise NavigationConflict(f"navigation entry {item.code!r} is registered twice with different content")
    return item


def registered() -> tuple[NavItem, ...]:
    """Return every entry, sorted by pillar, order and code."""
    return tuple(sorted(_items.values(), key=lambda item: (item.pillar, item.order, item.code)))


def items_for(actor: Actor) -> tuple[NavItem, ...]:
    """Return the entries that ``actor`` may open; people without any membership get none."""
    if not actor.is_member:
        return ()
    return tuple(item for item in registered() if item.verb is None or actor.organisation_ids_with(item.verb))


def groups_for(actor: Actor, path: str) -> tuple[NavGroup, ...]:
    """Return the entries by pillar with addresses; the one that ``path`` lies under is marked current.

    An entry whose address does not exist is left out here and reported by the system check, so that
    one wrong name cannot take every page down.
    """
    prefix = get_script_prefix()
    found = [(item, url) for item in items_for(actor) if (url := _address(item.url_name, prefix)) is not None]
    current = _deepest((url for _item, url in found), path)
    groups = []
    for pillar, title in PILLAR_TITLES.items():
        links = tuple(
            NavLink(item.title, url, item.icon, url == current)
            for item, url in found
            if item.pillar == pillar
        )
        if links:
            groups.append(NavGroup(pillar, PILLAR_SIGNS[pillar], title, links))
    return tuple(groups)


@lru_cache(maxsize=256)
def _address(url_name: str, _script_prefix: str) -> str | None:
    """Return the address of an entry; looked up once, because every page shows every entry."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def _deepest(urls: Iterable[str], path: str) -> str | None:
    """Return the longest address that ``path`` equals or lies under; the root only matches itself."""
    return max(
        (url for url in urls if path == url or (url != "/" and path.startswith(url))), key=len, default=None
    )
