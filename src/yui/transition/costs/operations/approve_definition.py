"""Approving a definition of 対歳出比率."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Visibility
from yui.transition.costs.models import RatioDefinition
from yui.transition.costs.operations.define_ratio import key_of


@operation("costs.definition.approve")
def approve_definition(actor: Actor, *, definition: RatioDefinition) -> RatioDefinition:
    """Let a proposed definition count from its first month on.

    Raises:
        PermissionRefused: when the actor may not approve for the joint body.
        ValidationError: when the actor proposed it himself.
    """
    organisation = definition.organisation
    require(actor, Verb.APPROVE, organisation)
    found = (
        RatioDefinition.objects.owned_by(organisation).select_for_update(of=("self",)).get(pk=definition.pk)
    )
    if found.is_approved:
        record_nothing("the definition was approved before")
        return found
    if key_of(actor) == found.proposed_by_key:
        raise ValidationError(_("提案した人は承認できません。ほかの人に承認を頼んでください。"))
    found.approved_by, found.approved_by_key = actor.name, key_of(actor)
    found.approved_at = timezone.now()
    found.save(update_fields=["approved_by", "approved_by_key", "approved_at", "updated_at"])
    record(
        organisation,
        subject=urn("costs.definition", found.pk),
        summary=f"対歳出比率の定義 第{found.version}版を承認しました",
        changes={"approved_by": ["", found.approved_by]},
        visibility=Visibility.WARDS,
    )
    return found
