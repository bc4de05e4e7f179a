"""Write a new version of a published practice."""

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor
from yui.people.practices.models import Practice, PracticeState, PracticeVersion, VersionStage
from yui.people.practices.operations.practices.errors import TextInReview, WrongPracticeState
from yui.people.practices.operations.practices.facts import WordingFacts
from yui.people.practices.operations.practices.keeping import (
    locked,
    require_revision,
    tell,
    under_work,
    write_wording,
)
from yui.people.practices.policies import require_write


@operation("practices.practice.write_version")
def write_version(
    actor: Actor,
    *,
    practice: Practice,
    wording: WordingFacts,
    change_note: str = "",
    revision: int | None = None,
) -> PracticeVersion:
    """Keep the text of the next version; readers go on seeing the published one until it was reviewed.

    Raises:
        PermissionRefused: when the actor neither wrote it nor edits for the ward.
        WrongPracticeState: when it is not published.
        TextInReview: while somebody reviews the new version.
        PracticeChangedMeanwhile: when somebody else saved since ``revision``.
        ValidationError: naming each field that is wrong.
    """
    require_write(actor, practice)
    stored = locked(practice)
    if stored.state != PracticeState.PUBLISHED or stored.current is None:
        raise WrongPracticeState(stored.get_state_display())
    require_revision(stored, revision)
    version = under_work(stored) or PracticeVersion(
        practice=stored, number=stored.current.number + 1, made_at=now(), made_by_id=actor.user_id
    )
    if version.stage == VersionStage.IN_REVIEW:
        raise TextInReview
    version.change_note = change_note
    changes = write_wording(version, wording)
    stored.revision += 1
    save_checked(stored)
    tell(stored, f"の第{version.number}版を書いています。", data={"fields": sorted(changes)})
    return version
