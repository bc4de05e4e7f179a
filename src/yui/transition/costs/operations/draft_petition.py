"""Writing a petition."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import Month
from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation, Visibility
from yui.transition.costs.engine.query_hash import hash_of
from yui.transition.costs.models import ExhibitKind, Petition, PetitionEvidence, PetitionRequest
from yui.transition.costs.queries.exhibits import BILLED, RATES, question_for


@dataclass(frozen=True)
class PetitionFields:
    """What a petition says. ``kinds`` are the chosen pieces of evidence, in the order of the exhibits.

    ``rates`` tells how foreign bills become yen: ``billed`` (the rate of each month) or ``constant``.
    """

    title: str
    addressees: str
    dated: date
    preamble: str
    requests: Sequence[str]
    kinds: Sequence[str]
    until: Month
    rates: str = BILLED
    visibility: str = Visibility.OWN.value
    participants: Sequence[Organisation] = ()


@operation("costs.petition.draft")
def draft_petition(actor: Actor, *, organisation: Organisation, fields: PetitionFields) -> Petition:
    """Write a new petition with its requests and the evidence chosen for it.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's records.
        ValidationError: without title, addressee or request, and for unknown evidence.
    """
    require(actor, Verb.EDIT, organisation)
    petition = Petition(organisation=organisation, drafted_by=actor.name)
    write_fields(petition, fields)
    record(
        organisation,
        subject=urn("costs.petition", petition.pk),
        summary=f"政策提言書「{petition.title}」を起案しました",
        data={"requests": len(fields.requests), "evidence": list(fields.kinds)},
        visibility=Visibility(petition.visibility),
    )
    return petition


def write_fields(petition: Petition, fields: PetitionFields) -> None:
    """Put the fields into a petition that may still change; for operations that have checked permission.

    Raises:
        ValidationError: for what the records do not allow.
    """
    check_fields(fields)
    petition.title, petition.addressees = fields.title.strip(), fields.addressees.strip()
    petition.dated, petition.preamble = fields.dated, fields.preamble.strip()
    petition.until, petition.visibility = str(fields.until), fields.visibility
    petition.full_clean()
    petition.save()
    petition.participants.set(fields.participants)
    owner = petition.organisation
    PetitionRequest.objects.owned_by(owner).filter(petition=petition).delete()
    PetitionEvidence.objects.owned_by(owner).filter(petition=petition).delete()
    PetitionRequest.objects.bulk_create(
        PetitionRequest(petition=petition, position=position, text=text.strip())
        for position, text in enumerate(fields.requests, start=1)
    )
    questions = [
        question_for(kind, owner=owner, until=fields.until, rates=fields.rates) for kind in fields.kinds
    ]
    PetitionEvidence.objects.bulk_create(
        PetitionEvidence(
            petition=petition,
            position=position,
            kind=question["kind"],
            question=question,
            query_hash=hash_of(question),
        )
        for position, question in enumerate(questions, start=1)
    )


def check_fields(fields: PetitionFields) -> None:
    """Refuse what no petition can be made of.

    Raises:
        ValidationError: naming the field.
    """
    texts = [text.strip() for text in fields.requests]
    if not texts or not all(texts):
        raise ValidationError({"requests": _("要望事項を1つ以上書いてください。")})
    longest = PetitionRequest._meta.get_field("text").max_length or 0
    if any(len(text) > longest for text in texts):
        raise ValidationError({"requests": _("要望事項は1つ1,000字までです。")})
    if len(set(fields.kinds)) != len(fields.kinds) or not set(fields.kinds) <= set(ExhibitKind.values):
        raise ValidationError({"kinds": _("根拠は一覧から、1つずつ選んでください。")})
    if fields.rates not in RATES:
        raise ValidationError({"rates": _("外貨の円換算のしかたを一覧から選んでください。")})
