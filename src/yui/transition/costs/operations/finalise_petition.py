"""Making a petition final."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Visibility
from yui.transition.costs.formats.petition import as_json
from yui.transition.costs.models import Petition, PetitionState
from yui.transition.costs.queries.petitions import content_hash, fresh_document, parts_of


@operation("costs.petition.finalise")
def finalise_petition(actor: Actor, *, petition: Petition) -> Petition:
    """Freeze the petition with its evidence as the records give it now; from here on nothing changes.

    Raises:
        PermissionRefused: when the actor may not approve for the organisation.
        ValidationError: without any evidence.
    """
    organisation = petition.organisation
    require(actor, Verb.APPROVE, organisation)
    petitions = Petition.objects.owned_by(organisation).select_related("organisation")
    found = petitions.select_for_update(of=("self",)).get(pk=petition.pk)
    if found.is_final:
        record_nothing("the petition was final before")
        return found
    if not parts_of(found).evidence:
        raise ValidationError(_("根拠を1つ以上選んでから確定してください。"))
    document = fresh_document(found, is_final=True)
    found.content, found.content_sha256 = as_json(document), content_hash(document)
    found.state, found.finalised_by, found.finalised_at = PetitionState.FINAL, actor.name, timezone.now()
    found.save()
    record(
        organisation,
        subject=urn("costs.petition", found.pk),
        summary=f"政策提言書「{found.title}」を確定しました",
        data={"content_sha256": found.content_sha256, "version": found.version},
        visibility=Visibility(found.visibility),
    )
    return found
