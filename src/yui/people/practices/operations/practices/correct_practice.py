"""Make a small correction of a published text."""

from dataclasses import replace

from yui.kernel.calendar_jp import now
from yui.kernel.operations import field_changes, operation, record_nothing
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor
from yui.people.practices.models import Practice, PracticeState, PracticeVersion, VersionStage
from yui.people.practices.operations.practices.errors import RevisionUnderWork, WrongPracticeState
from yui.people.practices.operations.practices.facts import WordingFacts
from yui.people.practices.operations.practices.keeping import (
    locked,
    require_revision,
    tell,
    under_work,
    write_effects,
)
from yui.people.practices.policies import require_write


@operation("practices.practice.correct")
def correct_practice(
    actor: Actor, *, practice: Practice, wording: WordingFacts, note: str, revision: int | None = None
) -> bool:
    """Publish a correction at once, without a review; tell whether anything changed.

    The figures of the effects stay as reviewed. The text before stays readable as the version it was.

    Raises:
        PermissionRefused: when the actor neither wrote it nor edits for the ward.
        WrongPracticeState: when it is not published.
        RevisionUnderWork: when a new version is being written.
        PracticeChangedMeanwhile: when somebody else saved since ``revision``.
        ValidationError: naming each field that is wrong.
    """
    require_write(actor, practice)
    stored = locked(practice)
    current = stored.current
    if stored.state != PracticeState.PUBLISHED or current is None:
        raise WrongPracticeState(stored.get_state_display())
    if under_work(stored) is not None:
        raise RevisionUnderWork
    require_revision(stored, revision)
    before = WordingFacts.of(current)
    wording = replace(wording, effects=before.effects)
    changes = field_changes(before.values(), wording.values())
    if not changes:
        record_nothing("the text is as it was")
        return False
    version = _published(actor, stored, current, wording, note)
    stored.current, stored.title = version, version.title
    stored.revision += 1
    save_checked(stored)
    tell(stored, "の文章を訂正しました。", data={"fields": sorted(changes), "version": version.pk})
    return True


def _published(
    actor: Actor, practice: Practice, current: PracticeVersion, wording: WordingFacts, note: str
) -> PracticeVersion:
    """Store the corrected text beside the one before."""
    moment = now()
    version = PracticeVersion(
        practice=practice,
        number=current.number,
        correction=current.correction + 1,
        stage=VersionStage.PUBLISHED,
        change_note=note,
        made_by_id=actor.user_id,
        made_at=moment,
        published_at=moment,
        reviewed_by=current.reviewed_by,
        reviewing_ward=current.reviewing_ward,
        **wording.values(),
    )
    save_checked(version)
    write_effects(version, wording.effects)
    return version
