"""Evidence for figures counted in the lake: pages of rows, always within what the reader may see.

The measures registry lies above the lake, so this class is generic over the registry's column and row
types; with them it fulfils the registry's ``Evidence`` protocol.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from yui.kernel.lake.reach import Reach, Reader
from yui.kernel.lake.reading import Source, fetch_rows

Column = TypeVar("Column")
Row = TypeVar("Row")


@dataclass(frozen=True)
class LakeEvidence(Generic[Column, Row]):
    """The rows that a parameterised query lists.

    Args:
        sql: a query over ``{lake}``; it must order its rows, so that pages neither overlap nor leave gaps.
        source: the files; its reach is replaced by the reader's own each time.
        columns: the columns in the order of the query.
        row: makes one listed row of a tuple of the query.
        parameters: values for ``$name`` in the query.
        reach: how far a given reader may reach.
    """

    sql: str
    source: Source
    columns: tuple[Column, ...]
    row: Callable[[tuple[Any, ...]], Row]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    reach: Callable[[Reader], Reach] = Reach.of

    def count(self, actor: Reader) -> int:
        """Return how many of the rows ``actor`` may see."""
        sql = f"SELECT count(*) FROM ({self.sql})"  # noqa: S608
        return int(fetch_rows(sql, self._sources(actor), self.parameters)[0][0])

    def rows(self, actor: Reader, offset: int, limit: int) -> list[Row]:
        """Return a page of the rows that ``actor`` may see."""
        sql = f"{self.sql} LIMIT $page_limit OFFSET $page_offset"
        parameters = {**self.parameters, "page_limit": limit, "page_offset": offset}
        return [self.row(found) for found in fetch_rows(sql, self._sources(actor), parameters)]

    def _sources(self, actor: Reader) -> dict[str, Source]:
        return {"lake": replace(self.source, reach=self.reach(actor))}
