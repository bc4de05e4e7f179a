"""Give the verdict of a review."""

from collections.abc import Mapping

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor, PermissionRefused, Verb, require
from yui.people.practices.models import (
    Practice,
    PracticeReview,
    PracticeState,
    PracticeVersion,
    ReviewComment,
    Verdict,
    VersionStage,
)
from yui.people.practices.operations.practices.errors import CommentNeeded, NotAReviewer, ReviewEnded
from yui.people.practices.operations.practices.keeping import locked, tell
from yui.people.practices.operations.practices.reviewing import WHY, back_to_writing, end_waiting_reviews
from yui.people.practices.operations.practices.telling import tell_followers, tell_writers


@operation("practices.review.decide")
def decide_review(
    actor: Actor,
    *,
    review: PracticeReview,
    verdict: Verdict,
    comment: str = "",
    sections: Mapping[str, str] | None = None,
) -> None:
    """Publish the version, or hand it back with what should be changed.

    Args:
        sections: what is said about single sections, by their name.

    Raises:
        PermissionRefused: when the actor is not the reviewer, or has left the reviewing ward.
        NotAReviewer: when he has come to belong to the ward that wrote it.
        ReviewEnded: when the text was taken back or somebody else has judged it.
        CommentNeeded: when it is handed back without a word.
    """
    if actor.user_id is None or actor.user_id != review.reviewer_id:
        raise PermissionRefused(actor, Verb.VIEW)
    require(actor, Verb.VIEW, review.ward)
    if review.of_ward_id in actor.organisation_ids:
        raise NotAReviewer(review.reviewer.name)
    practice = locked(review.version.practice)
    said = {name: text.strip() for name, text in (sections or {}).items() if text.strip()}
    stored = _locked_review(review)
    if verdict is Verdict.REVISE and not said and not comment.strip():
        raise CommentNeeded
    stored.verdict, stored.comment, stored.ended_at = verdict, comment.strip(), now()
    save_checked(stored)
    for name, text in said.items():
        save_checked(ReviewComment(review=stored, section=name, text=text))
    version = PracticeVersion.objects.owned_by(practice.organisation).get(pk=stored.version_id)
    if verdict is Verdict.PUBLISH:
        _publish(practice, version, stored)
    else:
        back_to_writing(practice, version)
        tell(practice, f"に{stored.ward.name_ja}から意見がつきました。", data={"review": stored.pk})
        tell_writers(practice, f"事例「{practice.title}」に、{stored.ward.name_ja}から意見がつきました。")


def _locked_review(review: PracticeReview) -> PracticeReview:
    """Return the review as it is stored, locked; it must still wait.

    Raises:
        ReviewEnded: when it does not.
    """
    stored = (
        PracticeReview.objects.unscoped(WHY)
        .select_for_update(of=("self",))
        .select_related("ward", "reviewer")
        .get(pk=review.pk)
    )
    if stored.ended_at is not None:
        raise ReviewEnded
    return stored


def _publish(practice: Practice, version: PracticeVersion, review: PracticeReview) -> None:
    """Let readers see the version from now on."""
    end_waiting_reviews(version)
    moment = now()
    version.stage, version.published_at = VersionStage.PUBLISHED, moment
    version.reviewed_by, version.reviewing_ward = review.reviewer, review.ward
    save_checked(version)
    is_first = practice.registered_at is None
    practice.state, practice.visibility = PracticeState.PUBLISHED, practice.audience
    practice.current, practice.title = version, version.title
    practice.registered_at = practice.registered_at or moment
    save_checked(practice)
    sentence = f"の第{version.number}版を、{review.ward.name_ja}の査読を経て公開しました。"
    tell(practice, sentence, data={"review": review.pk, "version": version.pk})
    if is_first:
        tell_writers(practice, f"事例「{practice.title}」が公開されました。")
    else:
        tell_followers(practice, f"事例「{practice.title}」に第{version.number}版が出ました。")
