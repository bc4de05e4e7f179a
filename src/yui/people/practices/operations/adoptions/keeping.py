"""How operations read, write and report adoptions."""

from collections.abc import Mapping
from typing import Any

from yui.kernel.calendar_jp import now
from yui.kernel.links import urn
from yui.kernel.operations import record
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Visibility
from yui.people.practices.engine import adoption as engine
from yui.people.practices.models import Adoption, AdoptionState, AdoptionStep
from yui.people.practices.policies import require_lead

WHY = "an adoption belongs to the ward that adopts; permission there is checked"


def adoption_urn(adoption: Adoption) -> str:
    """Return the adoption's URN."""
    return urn("practices.adoption", adoption.pk)


def locked_adoption(actor: Actor, adoption: Adoption) -> Adoption:
    """Return the adoption as it is stored, locked until the operation ends.

    Raises:
        PermissionRefused: when the actor neither began it nor edits for the ward.
    """
    require_lead(actor, adoption)
    stored: Adoption = (
        Adoption.objects.unscoped(WHY)
        .select_for_update(of=("self",))
        .select_related("practice__organisation", "ward")
        .get(pk=adoption.pk)
    )
    return stored


def steps_of(adoption: Adoption) -> list[engine.Step]:
    """Return the steps taken so far, in order."""
    steps = AdoptionStep.objects.unscoped(WHY).filter(adoption=adoption).order_by("pk")
    return [engine.Step(engine.AdoptionState(state), on) for state, on in steps.values_list("state", "on")]


def add_step(actor: Actor, adoption: Adoption, step: engine.Step, note: str) -> None:
    """Append a step and let the adoption repeat what follows from it."""
    taken = [*steps_of(adoption), step]
    adoption.state = AdoptionState(step.state.value)
    adoption.introduced_on = engine.introduced_on(taken)
    adoption.days_to_adopt = engine.days_to_adopt(taken)
    save_checked(adoption)
    save_checked(
        AdoptionStep(
            adoption=adoption,
            state=adoption.state,
            on=step.on,
            note=note.strip(),
            recorded_by_id=actor.user_id,
            recorded_at=now(),
        )
    )


def tell(adoption: Adoption, sentence: str, *, changes: Mapping[str, Any] | None = None) -> None:
    """Record what the running operation did in the ledger of the adopting ward."""
    shared = adoption.practice.visibility == Visibility.WARDS
    record(
        adoption.ward,
        subject=adoption_urn(adoption),
        summary=f"{adoption.ward.name_ja}で事例「{adoption.practice.title}」{sentence}",
        changes=changes,
        data={"practice": adoption.practice_id},
        visibility=Visibility.WARDS if shared else Visibility.OWN,
    )
