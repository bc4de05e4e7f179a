"""架空データ: a final petition and a draft, from the secretariat of the wards."""

from yui.kernel.demonstration import Demonstration
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, OrganisationKind, Visibility
from yui.transition.costs.demo.pricing import MADE_UP
from yui.transition.costs.models import ExhibitKind, Petition
from yui.transition.costs.operations.draft_petition import PetitionFields, draft_petition
from yui.transition.costs.operations.finalise_petition import finalise_petition
from yui.transition.costs.petition_template import ADDRESSEES, PREAMBLE, REQUESTS, TITLE

DRAFT_REQUESTS = ("特定移行支援システムの期間の延長に合わせて、補助の期間も延ばすこと。",)


def seed(demo: Demonstration) -> None:
    """Write both petitions; a second run finds them there."""
    body = Organisation.objects.active().filter(kind=OrganisationKind.JOINT_BODY).first()
    if body is None or Petition.objects.unscoped("seeding once").exists():
        return
    made = draft_petition(
        Actor.system(f"{MADE_UP}:起案"),
        organisation=body,
        fields=PetitionFields(
            title=f"{TITLE}({MADE_UP})",
            addressees=ADDRESSEES,
            dated=demo.last_month.last_day,
            preamble=PREAMBLE,
            requests=REQUESTS,
            kinds=ExhibitKind.values,
            until=demo.last_month,
            visibility=Visibility.WARDS.value,
        ),
    )
    finalise_petition(Actor.system(f"{MADE_UP}:確定"), petition=made)
    draft_petition(
        Actor.system(f"{MADE_UP}:起案"),
        organisation=body,
        fields=PetitionFields(
            title=f"特定移行支援システムについての要望({MADE_UP})",
            addressees="デジタル大臣",
            dated=demo.last_month.last_day,
            preamble="",
            requests=DRAFT_REQUESTS,
            kinds=[ExhibitKind.MULTIPLIER.value, ExhibitKind.CAUSES.value],
            until=demo.last_month,
            visibility=Visibility.WARDS.value,
        ),
    )
