"""Sources that tests fill."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from yui.kernel.search import SearchDocument, SearchSource, register_index, sources


class Shelf:
    """Records of one kind, held in a list; what a room's tables would be."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.records: dict[str, tuple[datetime, SearchDocument]] = {}
        register_index(SearchSource(kind, kind.upper(), self._documents, self._one))

    def put(self, identifier: str, **values) -> SearchDocument:
        """Add or change one record."""
        document = SearchDocument(
            **{
                "urn": f"yui:{self.kind}:{identifier}",
                "kind": self.kind,
                "pillar": "transition",
                "organisation_code": "131032",
                "visibility": "own",
                "participant_codes": (),
                "title": identifier,
                "body": "",
                "url": f"/{self.kind}/{identifier}",
                **values,
            }
        )
        self.records[identifier] = (datetime.now(UTC), document)
        return document

    def _documents(self, since):
        return [document for at, document in self.records.values() if since is None or at >= since]

    def _one(self, identifier):
        return self.records[identifier][1] if identifier in self.records else None


@pytest.fixture
def shelf(monkeypatch, db) -> Callable[[str], Shelf]:
    """A function that makes a shelf, the only ones there are."""
    monkeypatch.setattr(sources, "_sources", {})
    return Shelf


@pytest.fixture
def systems(shelf) -> Shelf:
    """One shelf, for tests that need no second."""
    return shelf("registry.system")
