"""Take up the review of another ward's practice."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor, PermissionRefused, Verb, require
from yui.organisations.public import User
from yui.people.practices.models import Practice, PracticeReview, VersionStage
from yui.people.practices.operations.practices.errors import NotAReviewer, NothingUnderWork
from yui.people.practices.operations.practices.keeping import locked, require_under_work, tell
from yui.people.practices.operations.practices.reviewing import add_review
from yui.people.practices.operations.practices.telling import tell_writers
from yui.people.practices.policies import reviewing_wards


@operation("practices.review.take")
def take_review(actor: Actor, *, practice: Practice) -> PracticeReview:
    """Begin to review without having been asked.

    Raises:
        PermissionRefused: when the actor belongs to no ward at all.
        NotAReviewer: when the practice is of the actor's own ward, or not meant for it.
        NothingUnderWork: when no text is in review.
        AlreadyReviewing: when the actor reviews it already.
    """
    reviewer = User.objects.filter(pk=actor.user_id or 0).first()
    if reviewer is None:
        raise PermissionRefused(actor, Verb.VIEW)
    wards = reviewing_wards(actor, practice)
    if not wards:
        raise NotAReviewer(reviewer.name)
    require(actor, Verb.VIEW, wards[0])
    stored = locked(practice)
    version = require_under_work(stored)
    if version.stage != VersionStage.IN_REVIEW:
        raise NothingUnderWork
    review = add_review(stored, version, reviewer=reviewer, ward=wards[0], invited_by=None)
    tell(stored, f"の査読を{wards[0].name_ja}が引き受けました。", data={"review": review.pk})
    tell_writers(stored, f"事例「{stored.title}」の査読を{wards[0].name_ja}が引き受けました。")
    return review
