"""Note an effect that the adopting ward found itself."""

from yui.kernel.operations import field_changes, operation, record_nothing
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor
from yui.people.practices.models import Adoption, AdoptionEffect
from yui.people.practices.operations.adoptions.keeping import WHY, locked_adoption, tell
from yui.people.practices.operations.practices.facts import EffectFacts


@operation("practices.adoption.record_effect")
def record_own_effect(actor: Actor, *, adoption: Adoption, effect: EffectFacts) -> bool:
    """Keep a figure beside the origin's of the same lineage; tell whether anything is new.

    The figure replaces one recorded before for the same lineage; the ledger keeps the earlier one.

    Raises:
        PermissionRefused: when the actor neither began the adoption nor edits for the ward.
        ValidationError: naming each field that is wrong.
    """
    stored = locked_adoption(actor, adoption)
    known = AdoptionEffect.objects.unscoped(WHY).filter(adoption=stored, lineage=effect.lineage).first()
    before = EffectFacts.of(known) if known else None
    if before == effect:
        record_nothing("the figure is as it was")
        return False
    figure = known or AdoptionEffect(adoption=stored)
    for name, value in effect.values().items():
        setattr(figure, name, value)
    figure.recorded_by_id = actor.user_id
    save_checked(figure)
    changes = field_changes(before.values() if before else {}, effect.values())
    changes.pop("lineage", None)
    tell(stored, f"の効果「{figure.name}」を記録しました。", changes=changes)
    return True
