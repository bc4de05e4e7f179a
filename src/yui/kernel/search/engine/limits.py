"""Keeps a query within what a reader may see and has chosen to see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from yui.kernel.search.engine.schema import schema

DATES = "dates"
"""What ``around`` calls the dates among the facets."""


@dataclass(frozen=True)
class Limits:
    """What a reader may see, and what of it is wanted.

    Attributes:
        access: the reader's access terms; None for one who sees everything.
        chosen: for each facet the values to keep; an empty sequence keeps all.
        since, until: the records dated from the one moment to before the other (aware); None for no end.
        hidden: URNs that must not appear.
    """

    access: Sequence[str] | None
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None
    hidden: Sequence[str] = ()

    def around(self, query: Any, *, without: str = "") -> Any:
        """Return ``query`` within the limits, those of the facet ``without`` (or ``DATES``) left out.

        Limits add nothing to the score.
        """
        from tantivy import FieldType, Occur, Query  # loaded on first use, see schema

        parts = [(Occur.Must, query)]
        if self.access is not None:
            parts.append((Occur.Must, _one_of("access", self.access)))
        parts += [
            (Occur.Must, _one_of(name, values))
            for name, values in self.chosen.items()
            if values and name != without
        ]
        if (self.since or self.until) and without != DATES:
            dated = Query.range_query(
                schema(),
                "at",
                FieldType.Date,
                _utc(self.since),
                _utc(self.until),
                include_upper=self.until is None,
            )
            parts.append((Occur.Must, Query.const_score_query(dated, 0.0)))
        if self.hidden:
            parts.append((Occur.MustNot, Query.term_set_query(schema(), "urn", list(self.hidden))))
        return Query.boolean_query(parts)


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None


def _one_of(name: str, values: Sequence[str]) -> Any:
    """Return the query for documents with one of ``values``; it adds nothing to the score."""
    from tantivy import Query  # loaded on first use, see schema

    return Query.const_score_query(Query.term_set_query(schema(), name, list(values)), 0.0)
