"""Save a draft that was never published: its text and what is said beside it."""

from yui.kernel.operations import operation
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor
from yui.people.practices.models import Practice, PracticeState
from yui.people.practices.operations.practices.errors import TextInReview, WrongPracticeState
from yui.people.practices.operations.practices.facts import HeaderFacts, WordingFacts
from yui.people.practices.operations.practices.keeping import (
    locked,
    require_revision,
    require_under_work,
    tell,
    write_header,
    write_wording,
)
from yui.people.practices.policies import require_write


@operation("practices.practice.save_draft")
def save_draft(
    actor: Actor,
    *,
    practice: Practice,
    wording: WordingFacts,
    header: HeaderFacts,
    revision: int | None = None,
) -> Practice:
    """Save text and header of a draft.

    Args:
        revision: the count of savings that the writer has seen; None overwrites.

    Raises:
        PermissionRefused: when the actor neither wrote it nor edits for the ward.
        TextInReview: while somebody reviews it.
        WrongPracticeState: when it is published or withdrawn.
        PracticeChangedMeanwhile: when somebody else saved since ``revision``.
        ValidationError: naming each field that is wrong.
    """
    require_write(actor, practice)
    stored = locked(practice)
    if stored.state == PracticeState.IN_REVIEW:
        raise TextInReview
    if stored.state != PracticeState.DRAFT:
        raise WrongPracticeState(stored.get_state_display())
    require_revision(stored, revision)
    changes = write_header(stored, header) | write_wording(require_under_work(stored), wording)
    stored.title = wording.title
    stored.revision += 1
    save_checked(stored)
    tell(stored, "の下書きを保存しました。", data={"fields": sorted(changes)})
    return stored
