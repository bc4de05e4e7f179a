"""Turns what the index holds into what readers are shown."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.safestring import mark_safe

from yui.kernel.scope.models import Organisation
from yui.kernel.search.engine.quotation import Marks, marked
from yui.kernel.search.engine.schema import Kept, kept_of
from yui.kernel.search.results import SearchHit, Suggestion
from yui.kernel.search.sources import source_of


def kind_title(kind: str) -> Any:
    """Return what people call a kind; the kind itself where no room registered it."""
    source = source_of(kind)
    return source.title if source else kind


def names_of_organisations() -> dict[str, str]:
    """Return the organisations' names in the reader's language, by code."""
    rows = Organisation.objects.only("code", "name_ja", "name_en")
    return {organisation.code: organisation.name for organisation in rows}


def hit_of(
    score: float, document: Any, kept: Kept, marks: Marks, names: Callable[[], Mapping[str, str]]
) -> SearchHit:
    """Return a found document, of which the index keeps ``kept``, as readers see it."""
    kind = document.get_first("kind")
    return SearchHit(
        urn=document.get_first("urn"),
        kind=kind,
        kind_title=kind_title(kind),
        pillar=document.get_first("pillar") or "",
        organisation_code=document.get_first("organisation"),
        visibility=kept.visibility,
        title=kept.title,
        body=kept.body,
        marks=marks,
        names=names,
        url=kept.url,
        at=datetime.fromisoformat(kept.at) if kept.at else None,
        tags=kept.tags,
        score=score,
    )


def suggestion_of(document: Any, marks: Marks) -> Suggestion:
    """Return a found document as it is offered while somebody types."""
    kept, kind = kept_of(document), document.get_first("kind")
    return Suggestion(
        urn=document.get_first("urn"),
        kind=kind,
        kind_title=kind_title(kind),
        title=kept.title,
        title_html=mark_safe(marked(kept.title, marks)),  # noqa: S308 - marked() escapes
        url=kept.url,
    )
