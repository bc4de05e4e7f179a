"""Ask a colleague of another ward to review."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.organisations.public import User
from yui.people.practices.models import Practice, PracticeReview, VersionStage
from yui.people.practices.operations.practices.errors import NotAReviewer, NothingUnderWork
from yui.people.practices.operations.practices.keeping import locked, require_under_work, tell
from yui.people.practices.operations.practices.reviewing import add_review
from yui.people.practices.operations.practices.telling import tell_reviewer
from yui.people.practices.policies import require_write
from yui.people.practices.queries.practices.people import ward_of_reviewer


@operation("practices.review.invite")
def invite_reviewer(actor: Actor, *, practice: Practice, reviewer: User) -> PracticeReview:
    """Ask a person to review the text that is in review.

    Raises:
        PermissionRefused: when the actor neither wrote it nor edits for the ward.
        NothingUnderWork: when no text is in review.
        NotAReviewer: when the person is of the same ward, of none, or may not see the practice.
        AlreadyReviewing: when the person reviews it already.
    """
    require_write(actor, practice)
    stored = locked(practice)
    version = require_under_work(stored)
    if version.stage != VersionStage.IN_REVIEW:
        raise NothingUnderWork
    ward = ward_of_reviewer(reviewer, stored)
    if ward is None:
        raise NotAReviewer(reviewer.name)
    review = add_review(stored, version, reviewer=reviewer, ward=ward, invited_by=actor.user_id)
    tell(stored, f"の査読を{ward.name_ja}に頼みました。", data={"review": review.pk})
    tell_reviewer(stored, review)
    return review
