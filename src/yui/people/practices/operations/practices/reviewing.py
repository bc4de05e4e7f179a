"""What operations on reviews share."""

from yui.kernel.calendar_jp import now
from yui.kernel.operations.saving import save_checked
from yui.kernel.scope.models import Organisation, Visibility
from yui.organisations.public import User
from yui.people.practices.models import (
    Practice,
    PracticeReview,
    PracticeState,
    PracticeVersion,
    VersionStage,
)
from yui.people.practices.operations.practices.errors import AlreadyReviewing

WHY = "the operation has checked who may review"


def waiting_reviews(version: PracticeVersion) -> list[PracticeReview]:
    """Return the reviews of a version that have no verdict yet."""
    reviews = PracticeReview.objects.unscoped(WHY).waiting().filter(version=version)
    return list(reviews.select_related("ward", "reviewer"))


def add_review(
    practice: Practice,
    version: PracticeVersion,
    *,
    reviewer: User,
    ward: Organisation,
    invited_by: int | None,
) -> PracticeReview:
    """Begin a review.

    Raises:
        AlreadyReviewing: when the person reviews the version already.
        ValidationError: when the ward is the practice's own.
    """
    if PracticeReview.objects.unscoped(WHY).waiting().filter(version=version, reviewer=reviewer).exists():
        raise AlreadyReviewing
    review = PracticeReview(
        version=version,
        of_ward=practice.organisation,
        ward=ward,
        reviewer=reviewer,
        invited_by_id=invited_by,
        asked_at=now(),
    )
    save_checked(review)
    return review


def end_waiting_reviews(version: PracticeVersion) -> None:
    """End the reviews that have no verdict: the text was taken back or somebody else has judged it."""
    PracticeReview.objects.unscoped(WHY).waiting().filter(version=version).update(ended_at=now())


def back_to_writing(practice: Practice, version: PracticeVersion) -> None:
    """Hand a version back to its writers; a practice that was never published becomes a draft again."""
    end_waiting_reviews(version)
    version.stage = VersionStage.DRAFTING
    save_checked(version)
    if practice.state == PracticeState.IN_REVIEW:
        practice.state, practice.visibility = PracticeState.DRAFT, Visibility.OWN
        save_checked(practice)
