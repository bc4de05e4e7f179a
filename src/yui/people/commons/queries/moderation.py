"""What moderators have to deal with, and what they did."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from yui.kernel.policy import Actor, Verb
from yui.people.commons.models import Disclosure, ModerationAct, Post, PostReport
from yui.people.commons.policies import is_secretariat
from yui.people.commons.queries.feed import author_name_of, excerpt_of

MOST_CASES = 200


@dataclass(frozen=True)
class ModerationCase:
    """A post about which something is to be decided.

    Attributes:
        reports: open reports on it, with the name of each reporter.
        disclosure: an open wish to learn its author, or a granted one.
        disclosed_name: the author's name after a disclosure that was granted; empty before.
    """

    post: Post
    author_name: str
    excerpt: str
    reports: Sequence[PostReport] = ()
    disclosure: Disclosure | None = None
    disclosed_name: str = ""


def moderates_anything(actor: Actor) -> bool:
    """Return whether the actor moderates some body's questions."""
    return actor.is_system or bool(actor.organisation_ids_with(Verb.ADMINISTER)) or is_secretariat(actor)


def acts_for(actor: Actor) -> Any:
    """Return the moderators' acts on questions that the actor may see, newest first.

    Those on a question that is off the pages are for its moderators.
    """
    acts = ModerationAct.objects.visible_to(actor).select_related("question__organisation", "by", "post")
    if actor.is_system or is_secretariat(actor):
        return acts
    own = Q(question__organisation_id__in=_administered(actor))
    return acts.filter(Q(question__hidden_at__isnull=True) | own)


def cases_for(actor: Actor) -> list[ModerationCase]:
    """Return the posts with open reports, open or granted disclosures, or that are hidden, newest first."""
    scope = Q() if is_secretariat(actor) else Q(question__organisation_id__in=_administered(actor))
    wishes = Disclosure.objects.visible_to(actor).filter(is_refused=False)
    reports = PostReport.objects.visible_to(actor).filter(settled_at__isnull=True)
    posts = (
        Post.objects.visible_to(actor)
        .filter(
            scope,
            Q(pk__in=reports.values("post_id"))
            | Q(pk__in=wishes.values("post_id"))
            | Q(hidden_at__isnull=False),
        )
        .select_related(
            "question__organisation", "posted_for", "author", "external_author", "hidden_author__user"
        )
        .order_by("-posted_at", "-pk")[:MOST_CASES]
    )
    found = list(posts)
    keys = [post.pk for post in found]
    by_post: dict[int, list[PostReport]] = {}
    for report in reports.filter(post_id__in=keys).select_related("by"):
        by_post.setdefault(report.post_id, []).append(report)
    wish_of = {
        wish.post_id: wish
        for wish in wishes.filter(post_id__in=keys)
        .select_related("requested_by", "granted_by")
        .order_by("pk")
    }
    return [
        ModerationCase(
            post=post,
            author_name=author_name_of(post),
            excerpt=excerpt_of(post.body),
            reports=by_post.get(post.pk, ()),
            disclosure=wish_of.get(post.pk),
            disclosed_name=_disclosed(post, wish_of.get(post.pk)),
        )
        for post in found
    ]


def _administered(actor: Actor) -> list[int]:
    return sorted(actor.organisation_ids_with(Verb.ADMINISTER))


def _disclosed(post: Post, wish: Disclosure | None) -> str:
    """Return the author's name where two moderators agreed that it be known to them."""
    if wish is None or wish.granted_by_id is None:
        return ""
    hidden = getattr(post, "hidden_author", None)
    return str(hidden.user) if hidden else ""
