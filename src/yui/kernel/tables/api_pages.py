"""Lists of the HTTP API: one way to cut them into pages and to narrow them to an organisation."""

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Schema

from yui.kernel.policy import Actor

LARGEST_PAGE = 500


class Page(Schema):
    """Which records: of one organisation by its code, ``limit`` of them from ``offset`` on."""

    organisation: str = ""
    offset: int = Field(0, ge=0)
    limit: int = Field(100, ge=1, le=LARGEST_PAGE)


def asking(request: HttpRequest) -> Actor:
    """Return who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def page_of(records: QuerySet, page: Page, path: str = "organisation") -> tuple[int, QuerySet]:
    """Return how many records there are, and the page asked for.

    Args:
        path: the ORM path from a record to its organisation.
    """
    if page.organisation:
        records = records.filter(**{f"{path}__code": page.organisation})
    return records.count(), records[page.offset : page.offset + page.limit]
