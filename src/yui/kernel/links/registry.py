"""URNs of the form ``yui:<room>.<noun>:<id>`` and the resolvers that rooms register for their kinds."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from yui.kernel.policy import Actor

_SHAPE = re.compile(r"\Ayui:([a-z][a-z0-9_.]*):([^\s\x00-\x1f]{1,150})\Z")


@dataclass(frozen=True)
class Link:
    """What a URN leads to: a title and an address."""

    urn: str
    title: str
    url: str


Resolver = Callable[[list[str], Actor], Mapping[str, Link]]
"""Given identifiers of its kind and a reader, returns links for those that the reader may see."""

_resolvers: dict[str, Resolver] = {}


class UnknownKind(ValueError):
    """The text is no URN of Yui."""


def urn(kind: str, identifier: object) -> str:
    """Return the URN of the record ``identifier`` of ``kind``."""
    text = f"yui:{kind}:{identifier}"
    if not _SHAPE.match(text):
        raise UnknownKind(f"{text!r} is not of the form yui:<room>.<noun>:<id>")
    return text


def kind_and_id(text: str) -> tuple[str, str]:
    """Return kind and identifier of a URN.

    Raises:
        UnknownKind: when ``text`` is not a URN of Yui.
    """
    match = _SHAPE.match(text)
    if match is None:
        raise UnknownKind(f"{text!r} is not of the form yui:<room>.<noun>:<id>")
    return match.group(1), match.group(2)


def register_resolver(kind: str, resolver: Resolver) -> None:
    """Let ``resolver`` answer for URNs of ``kind``."""
    _resolvers[kind] = resolver


def kinds() -> list[str]:
    """Return the kinds for whose URNs some room answers."""
    return sorted(_resolvers)


def resolve(urns: Iterable[str], actor: Actor) -> dict[str, Link]:
    """Return the links of those ``urns`` that ``actor`` may see, asking each room once."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for text in urns:
        kind, identifier = kind_and_id(text)
        by_kind[kind].append(identifier)
    found: dict[str, Link] = {}
    for kind, identifiers in by_kind.items():
        if kind in _resolvers:
            for link in _resolvers[kind](identifiers, actor).values():
                found[link.urn] = link
    return found
