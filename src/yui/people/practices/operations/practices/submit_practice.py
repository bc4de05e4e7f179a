"""Hand a text in for review."""

from datetime import date

from yui.kernel.calendar_jp import now, today
from yui.kernel.operations import operation
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Visibility
from yui.organisations.public import User
from yui.people.practices.models import (
    Practice,
    PracticeKind,
    PracticeReview,
    PracticeState,
    PracticeVersion,
    Verdict,
    VersionStage,
)
from yui.people.practices.operations.practices.errors import NoAudience, SectionsMissing, TextInReview
from yui.people.practices.operations.practices.keeping import locked, require_under_work, tell
from yui.people.practices.operations.practices.reviewing import WHY, add_review
from yui.people.practices.operations.practices.telling import tell_reviewer
from yui.people.practices.policies import require_write

NEEDED = {
    PracticeKind.SUCCESS: ("problem", "approach", "effect_note", "preconditions", "reuse_steps", "pitfalls"),
    PracticeKind.FAILURE: ("problem", "approach", "preconditions", "pitfalls"),
}
"""What another ward must know to do the same, or to keep from doing it."""


def missing_parts(practice: Practice, version: PracticeVersion, day: date) -> list[str]:
    """Return the names of what must still be said before the text can be read by another ward."""
    names = [
        str(version._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in NEEDED[PracticeKind(practice.kind)]
        if not getattr(version, name).strip()
    ]
    missing = {
        "department": practice.department is None and not practice.contact,
        "expires_on": practice.expires_on is None or practice.expires_on <= day,
    }
    return names + [
        str(practice._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name, is_missing in missing.items()
        if is_missing
    ]


@operation("practices.practice.submit")
def submit_practice(actor: Actor, *, practice: Practice) -> PracticeVersion:
    """Let colleagues of other wards review the text; those who asked for changes before are asked again.

    Raises:
        PermissionRefused: when the actor neither wrote it nor edits for the ward.
        NothingUnderWork: when there is no text to review.
        TextInReview: when it is being reviewed already.
        NoAudience: when it is meant for the own ward alone.
        SectionsMissing: naming what must still be said.
    """
    require_write(actor, practice)
    stored = locked(practice)
    version = require_under_work(stored)
    if version.stage == VersionStage.IN_REVIEW:
        raise TextInReview
    if stored.audience == Visibility.OWN:
        raise NoAudience
    if missing := missing_parts(stored, version, today()):
        raise SectionsMissing(missing)
    version.stage, version.submitted_at = VersionStage.IN_REVIEW, now()
    save_checked(version)
    if stored.state == PracticeState.DRAFT:
        stored.state, stored.visibility = PracticeState.IN_REVIEW, stored.audience
        save_checked(stored)
    tell(stored, f"の第{version.number}版を査読に出しました。")
    for review in _asked_before(version):
        again = add_review(
            stored, version, reviewer=review.reviewer, ward=review.ward, invited_by=actor.user_id
        )
        tell_reviewer(stored, again)
    return version


def _asked_before(version: PracticeVersion) -> list[PracticeReview]:
    """Return one earlier review of each person who asked for changes and still may."""
    reviews = PracticeReview.objects.unscoped(WHY).filter(version=version, verdict=Verdict.REVISE)
    active = User.objects.filter(is_active=True)
    by_person = {review.reviewer_id: review for review in reviews.filter(reviewer__in=active)}
    return list(by_person.values())
