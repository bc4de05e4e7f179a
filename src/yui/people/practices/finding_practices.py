"""Where the URNs of good practices lead, what search reads of them, and what can become one."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yui.kernel.links import Link, NextStep, Resolver, urn
from yui.kernel.links.keyed import keys_among
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet
from yui.kernel.search import SearchDocument, SearchSource
from yui.kernel.writing import plain_text
from yui.people.practices.models import SECTIONS, Adoption, Practice, PracticeVersion

WHY = "search index"
KIND = "practices.practice"
ADOPTION_KIND = "practices.adoption"
ORIGINS = ("commons.question", "practices.proposal")
"""Kinds of records that can become a practice in one step."""


def practice_links(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those practices that the reader may see."""
    keys = keys_among(identifiers)
    found = Practice.objects.visible_to(actor).filter(pk__in=keys)
    return {str(each.pk): Link(urn(KIND, each.pk), each.title, each.get_absolute_url()) for each in found}


def adoption_links(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    """Return the links of those adoptions that the reader may see."""
    keys = keys_among(identifiers)
    found = Adoption.objects.visible_to(actor).filter(pk__in=keys).select_related("ward", "practice")
    return {
        str(each.pk): Link(urn(ADOPTION_KIND, each.pk), str(each), each.get_absolute_url()) for each in found
    }


def _practices() -> ScopedQuerySet:
    related = ("organisation", "department", "current")
    return Practice.objects.unscoped(WHY).select_related(*related).prefetch_related("participants", "areas")


def practice_documents(since: datetime | None) -> Iterable[SearchDocument]:
    """Yield the practices for the search index, or those changed since a moment."""
    practices = _practices().filter(updated_at__gte=since) if since else _practices()
    return (practice_document(practice) for practice in practices.iterator(chunk_size=500))


def one_practice(identifier: str) -> SearchDocument | None:
    """Return one practice for the search index."""
    practice = _practices().filter(pk=identifier).first()
    return practice_document(practice) if practice else None


def practice_document(practice: Practice) -> SearchDocument:
    """Return a practice as search sees it: the text that its readers see, never a newer draft."""
    version = practice.current or PracticeVersion.objects.unscoped(WHY).filter(practice=practice).first()
    texts = [plain_text(getattr(version, name)) for name in SECTIONS] if version else []
    words = [
        str(practice.get_kind_display()),
        *(area.name_ja for area in practice.areas.all()),
        practice.department.name if practice.department else "",
    ]
    return SearchDocument(
        urn=urn(KIND, practice.pk),
        kind=KIND,
        pillar="3",
        organisation_code=practice.organisation.code,
        visibility=practice.visibility,
        participant_codes=tuple(body.code for body in practice.participants.all()),
        title=practice.title,
        body="\n".join(text for text in (*texts, *words) if text),
        url=practice.get_absolute_url(),
        at=practice.updated_at,
        tags=(),
    )


def address_of_new(origin: str) -> str:
    """Return where a record (its URN) becomes a practice."""
    return f"{reverse('practices:practice-new')}?from={quote(origin, safe=':')}"


BECOME_A_PRACTICE = NextStep(_("グッドプラクティスにする"), address_of_new)
RESOLVERS: dict[str, Resolver] = {KIND: practice_links, ADOPTION_KIND: adoption_links}
SOURCES: tuple[SearchSource, ...] = (
    SearchSource(KIND, _("グッドプラクティス"), practice_documents, one_practice),
)
