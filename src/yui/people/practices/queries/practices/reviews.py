"""Reviews: which texts wait for a reader, and what was said of them."""

from django.db.models import QuerySet

from yui.kernel.policy import Actor
from yui.people.practices.models import (
    Practice,
    PracticeReview,
    PracticeVersion,
    ReviewComment,
    VersionStage,
)


def waiting_versions(actor: Actor) -> QuerySet:
    """Return the texts of other wards that wait for a reader and that the actor may read, oldest first."""
    versions = PracticeVersion.objects.visible_to(actor).filter(stage=VersionStage.IN_REVIEW)
    others = versions.exclude(practice__organisation_id__in=sorted(actor.organisation_ids))
    return others.select_related("practice__organisation").order_by("submitted_at", "pk")


def reviews_of_reader(actor: Actor) -> QuerySet:
    """Return the reviews that the actor has taken up and not ended, oldest first."""
    reviews = PracticeReview.objects.visible_to(actor).waiting().filter(reviewer_id=actor.user_id)
    return reviews.select_related("version__practice__organisation").order_by("asked_at", "pk")


def reviews_of(actor: Actor, practice: Practice) -> QuerySet:
    """Return the reviews of a practice that the actor may read, the newest first."""
    reviews = PracticeReview.objects.visible_to(actor).filter(version__practice=practice)
    return reviews.select_related("version", "ward", "reviewer", "invited_by").order_by("-asked_at", "-pk")


def comments_of(actor: Actor, practice: Practice) -> dict[int, list[tuple[str, str]]]:
    """Return what was said about single sections, by review (key): heading and text."""
    comments = ReviewComment.objects.visible_to(actor).filter(review__version__practice=practice)
    found: dict[int, list[tuple[str, str]]] = {}
    for comment in comments.order_by("pk"):
        found.setdefault(comment.review_id, []).append((heading_of(comment.section), comment.text))
    return found


def heading_of(section: str) -> str:
    """Return the heading of a section."""
    model = PracticeVersion
    if section == "effects":
        return str(model._meta.get_field("effects").related_model._meta.verbose_name)
    return str(model._meta.get_field(section).verbose_name)  # type: ignore[union-attr]
