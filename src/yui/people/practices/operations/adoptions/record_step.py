"""Note how far a ward has come with a practice."""

from datetime import date

from yui.kernel.calendar_jp import today
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.people.practices.engine import adoption as engine
from yui.people.practices.models import Adoption, AdoptionState
from yui.people.practices.operations.adoptions.keeping import add_step, locked_adoption, steps_of, tell
from yui.people.practices.operations.practices.errors import StepNotTaken
from yui.people.practices.operations.practices.telling import tell_writers


@operation("practices.adoption.record_step")
def record_step(
    actor: Actor, *, adoption: Adoption, state: AdoptionState, on: date, note: str = ""
) -> Adoption:
    """Append a step; what was recorded before stays as it is.

    Raises:
        PermissionRefused: when the actor neither began the adoption nor edits for the ward.
        StepNotTaken: out of turn, out of time, or without the reason that 見送り and 中止 need.
    """
    stored = locked_adoption(actor, adoption)
    step = engine.Step(engine.AdoptionState(state), on)
    try:
        engine.check_step(steps_of(stored), step, today=today(), reason=note)
    except engine.StepRefused as refused:
        raise StepNotTaken(refused.reason) from refused
    before = stored.get_state_display()
    add_step(actor, stored, step, note)
    label = stored.get_state_display()
    tell(stored, f"が「{label}」になりました。", changes={"state": [str(before), str(label)]})
    title = f"{stored.ward.name_ja}で事例「{stored.practice.title}」が「{label}」になりました。"
    tell_writers(stored.practice, title, besides=actor.user_id)
    return stored
