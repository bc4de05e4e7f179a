"""Change what is said about a practice beside its text: contact, expiry, terms, areas, readers."""

from yui.kernel.operations import operation, record_nothing
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor
from yui.people.practices.models import Practice, PracticeState
from yui.people.practices.operations.practices.errors import WrongPracticeState
from yui.people.practices.operations.practices.facts import HeaderFacts
from yui.people.practices.operations.practices.keeping import locked, require_revision, tell, write_header
from yui.people.practices.policies import require_write


@operation("practices.practice.describe")
def describe_practice(
    actor: Actor, *, practice: Practice, header: HeaderFacts, revision: int | None = None
) -> bool:
    """Give the practice these facts, which need no review; tell whether anything changed.

    Raises:
        PermissionRefused: when the actor neither wrote it nor edits for the ward.
        WrongPracticeState: when it is in its first review or withdrawn.
        AudienceNarrowed, ResultFixed: when readers were to lose it, or were told another result.
        PracticeChangedMeanwhile: when somebody else saved since ``revision``.
        ValidationError: naming each field that is wrong.
    """
    require_write(actor, practice)
    stored = locked(practice)
    if stored.state not in (PracticeState.DRAFT, PracticeState.PUBLISHED):
        raise WrongPracticeState(stored.get_state_display())
    require_revision(stored, revision)
    changes = write_header(stored, header)
    if not changes:
        record_nothing("all is as it was")
        return False
    stored.revision += 1
    save_checked(stored)
    tell(stored, "の連絡先や期限などを直しました。", changes=changes)
    return True
