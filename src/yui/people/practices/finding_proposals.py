"""Where the URNs of improvement proposals lead, what search reads of them, and how they are outlined."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yui.kernel.links import Link, Outline, Resolver, urn
from yui.kernel.links.keyed import keys_among
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet
from yui.kernel.search import SearchDocument, SearchSource
from yui.kernel.writing import plain_text
from yui.people.practices.models import Proposal, ProposalEffect, ProposalOutcome

KIND = "practices.proposal"
WHY = "search index"


def _resolve(identifiers: list[str], actor: Actor) -> Mapping[str, Link]:
    keys = keys_among(identifiers)
    found = Proposal.objects.visible_to(actor).filter(pk__in=keys)
    return {str(each.pk): Link(urn(KIND, each.pk), str(each), each.get_absolute_url()) for each in found}


def _resolve_baseline(identifiers: list[str], _actor: Actor) -> Mapping[str, Link]:
    """Lead to the page of baselines, which shows them all."""
    page, title = reverse("practices:proposal-baselines"), str(_("提案件数の基準値"))
    return {each: Link(urn("practices.baseline", each), title, page) for each in identifiers}


def _handed_in() -> ScopedQuerySet:
    """Return the proposals that search may know: a draft belongs to its authors alone."""
    found: ScopedQuerySet = Proposal.objects.unscoped(WHY).exclude(number="")
    return found.select_related("organisation", "category").prefetch_related("participants")


def documents(since: datetime | None) -> Iterable[SearchDocument]:
    """Yield the proposals for the search index, or those changed since a moment."""
    proposals = _handed_in().filter(updated_at__gte=since) if since else _handed_in()
    return (document(proposal) for proposal in proposals.iterator(chunk_size=500))


def one(identifier: str) -> SearchDocument | None:
    """Return one proposal for the search index; None for a draft."""
    proposal = _handed_in().filter(pk=identifier).first() if identifier.isdecimal() else None
    return document(proposal) if proposal else None


def document(proposal: Proposal) -> SearchDocument:
    """Return a proposal as search sees it: never its authors, whose names may be hidden."""
    parts = (
        plain_text(proposal.present),
        plain_text(proposal.idea),
        str(proposal.get_kind_display()),
        proposal.category.name if proposal.category else "",
        plain_text(proposal.decision_reason),
    )
    return SearchDocument(
        urn=urn(KIND, proposal.pk),
        kind=KIND,
        pillar="3",
        organisation_code=proposal.organisation.code,
        visibility=proposal.visibility,
        participant_codes=tuple(each.code for each in proposal.participants.all()),
        title=proposal.title,
        body="\n".join(part for part in parts if part),
        url=proposal.get_absolute_url(),
        at=proposal.updated_at,
        tags=(proposal.number,),
    )


def outline(identifier: str, actor: Actor) -> Outline | None:
    """Return an adopted proposal in the words of a good practice; None for any other or an unseen one."""
    if not identifier.isdecimal():
        return None
    adopted = (ProposalOutcome.ADOPTED, ProposalOutcome.PARTLY)
    proposal = (
        Proposal.objects.visible_to(actor)
        .filter(pk=identifier, outcome__in=adopted)
        .select_related("organisation")
        .first()
    )
    if proposal is None:
        return None
    effects = ProposalEffect.objects.visible_to(actor).filter(proposal=proposal)
    return Outline(
        urn=urn(KIND, proposal.pk),
        organisation_code=proposal.organisation.code,
        title=proposal.title,
        problem=proposal.present,
        approach=proposal.idea,
        effect="\n".join(_effect_line(effect) for effect in effects),
    )


def _effect_line(effect: ProposalEffect) -> str:
    """Return one measured effect as a line of a list."""
    parts = [str(effect.get_phase_display())]
    if effect.hours is not None:
        parts.append(f"{effect.hours:,.1f} 時間/年")
    if effect.yen_yearly is not None:
        parts.append(f"{effect.yen_yearly:,} 円/年")
    return f"- {' '.join(parts)}({effect.get_grade_display()})"


RESOLVERS: dict[str, Resolver] = {KIND: _resolve, "practices.baseline": _resolve_baseline}
SOURCES = (SearchSource(KIND, _("改善提案"), documents, one),)
