"""What rooms offer to search: documents by kind, and the functions that read them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yui.kernel.links import kind_and_id


@dataclass(frozen=True)
class SearchDocument:
    """One record as search sees it.

    Attributes:
        urn: the record's URN; its kind is the source's kind.
        kind: the source's kind, such as ``registry.system``.
        pillar: code of the pillar that the record belongs to; empty for none.
        organisation_code: the owner's code.
        visibility: ``own``, ``participants``, ``wards`` or ``public``.
        participant_codes: organisations that see it when the visibility is ``participants``.
        title: what a result is headed by.
        body: plain text, searched and quoted.
        url: where a result leads, a path inside Yui.
        at: the moment that dates the record, aware; None when nothing does.
        tags: further words under which it is found; searched like the title.
        reading: the title in kana, for suggestions.
    """

    urn: str
    kind: str
    pillar: str
    organisation_code: str
    visibility: str
    participant_codes: tuple[str, ...]
    title: str
    body: str
    url: str
    at: datetime | None = None
    tags: tuple[str, ...] = ()
    reading: str = ""

    def __post_init__(self) -> None:
        if not self.url.startswith("/") or self.url.startswith("//"):
            raise ValueError(f"{self.urn}: the address {self.url!r} is not a path inside Yui")
        if kind_and_id(self.urn)[0] != self.kind:
            raise ValueError(f"{self.urn} is not of the kind {self.kind}")


@dataclass(frozen=True)
class SearchSource:
    """How the records of one kind are read for the index.

    Attributes:
        kind: the kind, such as ``registry.system``.
        title: what people call the kind (lazy translation), the facet's label.
        documents: all documents, or with a moment only those changed since then. It reads over all
            organisations (``.unscoped("search index")``): the index itself carries who may see what.
        one: the document of one identifier, or None when the record is gone.
    """

    kind: str
    title: Any
    documents: Callable[[datetime | None], Iterable[SearchDocument]]
    one: Callable[[str], SearchDocument | None]


_sources: dict[str, SearchSource] = {}


def register_index(source: SearchSource) -> None:
    """Offer the records of ``source`` to search; a second registration of a kind replaces the first."""
    _sources[source.kind] = source


def registered_sources() -> tuple[SearchSource, ...]:
    """Return the sources, by kind."""
    return tuple(_sources[kind] for kind in sorted(_sources))


def source_of(kind: str) -> SearchSource | None:
    """Return the source of ``kind``, or None where no room registered one."""
    return _sources.get(kind)
