"""Begin to consider another ward's practice."""

from datetime import date

from yui.kernel.calendar_jp import today
from yui.kernel.operations import operation
from yui.kernel.operations.saving import SameValueMeanwhile, save_checked
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.people.practices.engine import adoption as engine
from yui.people.practices.models import (
    ENDED_STATES,
    Adoption,
    Practice,
    PracticeFollow,
    PracticeKind,
    PracticeState,
)
from yui.people.practices.operations.adoptions.keeping import WHY, add_step, tell
from yui.people.practices.operations.practices.errors import CannotAdopt, StepNotTaken
from yui.people.practices.operations.practices.keeping import locked
from yui.people.practices.operations.practices.telling import tell_writers
from yui.people.practices.policies import in_sight


@operation("practices.adoption.begin")
def begin_adoption(
    actor: Actor, *, practice: Practice, ward: Organisation, on: date | None = None, note: str = ""
) -> Adoption:
    """Note that the ward considers the practice; it hears of new versions from now on.

    Args:
        on: the day on which it began; today unless given.

    Raises:
        PermissionRefused: when the actor is no member of the ward.
        CannotAdopt: when it is not published, is the ward's own, failed, or is not meant for the ward.
        StepNotTaken: when the day has not come.
        SameValueMeanwhile: when the ward is adopting it already.
    """
    require(actor, Verb.VIEW, ward)
    stored = locked(practice)
    chosen = set(stored.participants.values_list("pk", flat=True))
    if (
        stored.state != PracticeState.PUBLISHED
        or stored.kind != PracticeKind.SUCCESS
        or stored.organisation_id == ward.pk
        or not ward.is_ward
        or not in_sight(ward, stored, chosen)
    ):
        raise CannotAdopt
    step = engine.Step(engine.AdoptionState.CONSIDERING, on or today())
    try:
        engine.check_step([], step, today=today(), reason=note)
    except engine.StepRefused as refused:
        raise StepNotTaken(refused.reason) from refused
    if _is_open(stored, ward):
        raise SameValueMeanwhile
    adoption = Adoption(
        practice=stored,
        version=stored.current,
        of_ward=stored.organisation,
        ward=ward,
        begun_on=step.on,
        begun_by_id=actor.user_id,
    )
    save_checked(adoption)
    add_step(actor, adoption, step, note)
    if actor.user_id is not None:
        PracticeFollow.objects.owned_by(stored.organisation).get_or_create(
            practice=stored, person_id=actor.user_id
        )
    tell(adoption, "の検討を始めました。")
    tell_writers(stored, f"事例「{stored.title}」の検討を{ward.name_ja}が始めました。", besides=actor.user_id)
    return adoption


def _is_open(practice: Practice, ward: Organisation) -> bool:
    """Return whether the ward has an adoption of the practice that has not ended."""
    adoptions = Adoption.objects.unscoped(WHY).filter(practice=practice, ward=ward)
    return bool(adoptions.exclude(state__in=ENDED_STATES).exists())
