"""Say what a ward changed to make a practice fit."""

from yui.kernel.operations import operation, record_nothing
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor
from yui.people.practices.models import Adoption
from yui.people.practices.operations.adoptions.keeping import locked_adoption, tell


@operation("practices.adoption.describe_changes")
def describe_changes(actor: Actor, *, adoption: Adoption, changed: str) -> bool:
    """Keep what was changed for the own ward; tell whether anything is new.

    Raises:
        PermissionRefused: when the actor neither began the adoption nor edits for the ward.
        ValidationError: when the text is too long.
    """
    stored = locked_adoption(actor, adoption)
    before, after = stored.changed, changed.strip()
    if before == after:
        record_nothing("the text is as it was")
        return False
    stored.changed = after
    save_checked(stored)
    tell(stored, "に、変えたことを書きました。", changes={"changed": [before, after]})
    return True
