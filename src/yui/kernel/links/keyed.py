"""Links of records that their URNs name by key, as nearly all do."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from yui.kernel.links.registry import Link, Resolver, urn
from yui.kernel.policy import Actor
from yui.kernel.scope.querysets import ScopedQuerySet

MOST_KEY_DIGITS = 18
"""Digits of the greatest key that every database takes as a whole number."""


def keys_among(identifiers: Iterable[str]) -> list[int]:
    """Return the identifiers that are keys; a URN may hold anything."""
    return [
        int(each)
        for each in identifiers
        if each.isascii() and each.isdecimal() and len(each) <= MOST_KEY_DIGITS
    ]


def resolver_of(
    kind: str,
    records: Callable[[], ScopedQuerySet],
    title: Callable[[Any], str] = str,
) -> Resolver:
    """Return the function that answers for URNs of ``kind``, within what the reader may see.

    Args:
        kind: the room and the noun.
        records: the unread records, with the relations that titles and addresses need.
        title: what a link says.
    """

    def resolve(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
        found = records().visible_to(actor).filter(pk__in=keys_among(identifiers))
        return {
            str(record.pk): Link(urn(kind, record.pk), title(record), record.get_absolute_url())
            for record in found
        }

    return resolve
