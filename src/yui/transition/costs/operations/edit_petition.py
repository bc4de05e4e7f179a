"""Changing a petition that is still a draft."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Visibility
from yui.transition.costs.models import Petition
from yui.transition.costs.operations.draft_petition import PetitionFields, write_fields


@operation("costs.petition.edit")
def edit_petition(actor: Actor, *, petition: Petition, fields: PetitionFields) -> Petition:
    """Write the fields anew as the next version; the evidence is asked by the definition in force now.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's records.
        ValidationError: for a final petition, and for what ``write_fields`` refuses.
    """
    organisation = petition.organisation
    require(actor, Verb.EDIT, organisation)
    found = Petition.objects.owned_by(organisation).select_for_update(of=("self",)).get(pk=petition.pk)
    if found.is_final:
        raise ValidationError(_("確定した提言書は変えられません。"))
    before = found.title
    found.version += 1
    write_fields(found, fields)
    record(
        organisation,
        subject=urn("costs.petition", found.pk),
        summary=f"政策提言書「{found.title}」を第{found.version}版に改めました",
        changes={"title": [before, found.title]} if before != found.title else {},
        data={"requests": len(fields.requests), "evidence": list(fields.kinds)},
        visibility=Visibility(found.visibility),
    )
    return found
